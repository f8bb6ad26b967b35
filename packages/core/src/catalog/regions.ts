import { InvalidInputError, shown } from '../invalid-input.ts';
import { orNearest } from '../nearest.ts';
import type { ProviderId } from './provider-ids.ts';
import data from './regions.json' with { type: 'json' };
import type { Source } from './source.ts';
import type { Text } from './text.ts';

interface Point {
  /** Degrees north. */
  readonly latitude: number;
  /** Degrees east. */
  readonly longitude: number;
}

interface RegionData extends Point {
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

const regions: Readonly<Record<ProviderId, ReadonlyMap<string, RegionData>>> = {
  aws: new Map(Object.entries<RegionData>(data.aws)),
  google: new Map(Object.entries<RegionData>(data.google)),
  azure: new Map(Object.entries<RegionData>(data.azure)),
};

/** Pages on which the providers name their regions. */
export const regionSources: Readonly<Record<ProviderId, Source>> = data.sources;

/** Ids of a provider's regions, priced or not. */
export function regionsOf(provider: ProviderId): readonly string[] {
  return [...regions[provider].keys()];
}

/** City and country of a region; `undefined` for an unknown one. */
export function regionName(provider: ProviderId, region: string): Text | undefined {
  const found = regions[provider].get(region);
  if (found === undefined) return undefined;
  const inLang = (lang: keyof Text): string => {
    const names = new Intl.DisplayNames(lang, { type: 'region', style: 'short' });
    const country = names.of(found.country) ?? found.country;
    return country === found.city ? country : `${found.city}, ${country}`;
  };
  return { vi: inLang('vi'), en: inLang('en') };
}

/**
 * Regions of `among` that are the nearest to a region by great circle, nearest first, without the region itself.
 * Empty for a region that the table does not have.
 */
export function nearestRegions(
  { provider, region }: { readonly provider: ProviderId; readonly region: string },
  among: readonly string[],
  count = 3,
): readonly string[] {
  const from = regions[provider].get(region);
  if (from === undefined) return [];
  const others = among.filter((other) => other !== region);
  return byDistance(from, provider, others).slice(0, count);
}

/** A place that a user names instead of three regions. */
export interface Place extends Text, Point {
  readonly id: string;
}

/** Every place, by id in `--place`. */
export const places: readonly Place[] = Object.entries(data.places).map(([id, place]) => ({
  id,
  ...place,
}));

/**
 * Region of each cloud in or nearest to a place, of those in `among`, such as those with prices.
 *
 * @throws {InvalidInputError} for an unknown place, with the nearest spelling.
 */
export function regionsAt(
  name: string,
  among: Readonly<Record<ProviderId, readonly string[]>>,
): Readonly<Record<ProviderId, string>> {
  const place = findPlace(name);
  const nearest = (provider: ProviderId): string => {
    const [first] = byDistance(place, provider, among[provider]);
    if (first === undefined) throw new Error(`no region of ${provider} to choose from`);
    return first;
  };
  return { aws: nearest('aws'), google: nearest('google'), azure: nearest('azure') };
}

/** A place by its id or by its name in either language, however it is spelled. */
function findPlace(name: string): Place {
  const wanted = lettersOf(name);
  const found = places.find((place) =>
    [place.id, lettersOf(place.vi), lettersOf(place.en)].includes(wanted),
  );
  if (found !== undefined) return found;
  const ids = places.map(({ id }) => id);
  const problem = `is ${shown(name)}, but must be a place: ${ids.join(', ')}${orNearest(wanted, ids)}`;
  throw new InvalidInputError([{ path: 'place', value: name, problem }]);
}

function lettersOf(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.replaceAll('đ', 'd').replaceAll(/[^a-z]/g, '');
}

function byDistance(from: Point, provider: ProviderId, among: readonly string[]): string[] {
  return among
    .flatMap((id) => {
      const at = regions[provider].get(id);
      return at === undefined ? [] : [{ id, distance: angle(from, at) }];
    })
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ id }) => id);
}

/** Angle between two points as seen from the centre of the Earth, by the haversine formula; radians. */
function angle(a: Point, b: Point): number {
  const [latitudeA, latitudeB] = [toRadians(a.latitude), toRadians(b.latitude)];
  const north = Math.sin((latitudeB - latitudeA) / 2) ** 2;
  const east = Math.sin(toRadians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * Math.asin(Math.sqrt(north + Math.cos(latitudeA) * Math.cos(latitudeB) * east));
}

function toRadians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
