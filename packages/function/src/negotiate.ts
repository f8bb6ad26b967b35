/** One entry of an Accept header: what it names, and how much it is liked, from 0 (refused) to 1. */
interface Range {
  readonly name: string;
  readonly quality: number;
}

/** Says how well a range of an Accept header fits a value: 0 for not at all, more for a closer fit. */
type Fit = (range: string, value: string) => number;

/**
 * The one of `supported` that a media range header prefers (RFC 9110, 12.5.1): the closest range decides the
 * quality of each, the highest quality wins, and among equals the one named first in `supported`.
 * `undefined` if the header refuses them all; without a header the first.
 */
export function preferredMediaType<T extends string>(
  header: string | null,
  supported: readonly T[],
): T | undefined {
  return preferred(header, supported, mediaFit);
}

/** The same for Accept-Language (RFC 9110, 12.5.4): `en-GB` asks for `en` too, and `*` for any. */
export function preferredLanguage<T extends string>(
  header: string | null,
  supported: readonly T[],
): T | undefined {
  return preferred(header, supported, languageFit);
}

function preferred<T extends string>(
  header: string | null,
  supported: readonly T[],
  fit: Fit,
): T | undefined {
  const ranges = parseRanges(header ?? '');
  if (ranges.length === 0) return supported[0];
  let best: T | undefined;
  let bestQuality = 0;
  for (const value of supported) {
    const quality = qualityOf(value, ranges, fit);
    if (quality > bestQuality) {
      best = value;
      bestQuality = quality;
    }
  }
  return best;
}

function parseRanges(header: string): readonly Range[] {
  return header
    .toLowerCase()
    .split(',')
    .map((entry) => {
      const [name = '', ...parameters] = entry.split(';').map((part) => part.trim());
      const weight = parameters.find((each) => each.startsWith('q='))?.slice(2) ?? '1';
      return { name, quality: Number(weight) || 0 };
    })
    .filter(({ name }) => name !== '');
}

function qualityOf(value: string, ranges: readonly Range[], fit: Fit): number {
  let closest = 0;
  let quality = 0;
  for (const range of ranges) {
    const closeness = fit(range.name, value);
    if (closeness > closest) {
      closest = closeness;
      quality = range.quality;
    }
  }
  return quality;
}

function mediaFit(range: string, value: string): number {
  if (range === value) return 3;
  if (range === `${value.split('/', 1)[0]}/*`) return 2;
  return range === '*/*' || range === '*' ? 1 : 0;
}

function languageFit(range: string, value: string): number {
  if (range === value) return 3;
  if (range.startsWith(`${value}-`)) return 2;
  return range === '*' ? 1 : 0;
}
