import { text, textWith } from '../catalog/bilingual.ts';
import type { ProviderId } from '../catalog/provider-ids.ts';
import { nearestRegions } from '../catalog/regions.ts';
import type { Text } from '../catalog/text.ts';
import { NoPriceError } from '../pricing/price-list.ts';

/** What is made for a region; where a price for it is missing, the reason, with the nearest regions that have one. */
export function orNoPrice<Made extends object>(
  provider: ProviderId,
  region: string,
  make: () => Made,
): Made | { readonly reason: Text } {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof NoPriceError)) throw error;
    return { reason: noPriceReason(provider, region, error.regions) };
  }
}

function noPriceReason(provider: ProviderId, region: string, among: readonly string[]): Text {
  if (among.length === 0) return text('Không có giá ở vùng nào', 'No price in any region');
  return textWith(
    'Không có giá cho vùng này ({0}); các vùng gần nhất có giá: {1}',
    'No price for this region ({0}); the nearest with one: {1}',
    text(region),
    text(nearestRegions({ provider, region }, among).join(', ')),
  );
}
