import { providerIds, type ProviderId } from '../catalog/provider-ids.ts';
import { nearestRegions } from '../catalog/regions.ts';

/** The regions to name where a price is not known in a region: the nearest that have it, or all where that is unknown. */
export function whereKnown(
  provider: string,
  region: string,
  regions: readonly string[],
): readonly string[] {
  if (!isProvider(provider)) return regions;
  const nearest = nearestRegions({ provider, region }, regions);
  return nearest.length === 0 ? regions : nearest;
}

function isProvider(id: string): id is ProviderId {
  return providerIds.some((each) => each === id);
}
