import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import { ProblemError } from './problem.ts';

/** One range of an Accept header, its quality from 0 (refused) to 1. */
interface Range {
  readonly type: string;
  readonly q: number;
}

/** Rates how closely a range of an Accept header names a value: 0 for not at all. */
type Specificity = (range: string, value: string) => number;

/** Returns the media type that Accept prefers (RFC 9110, 12.5.1); throws `ProblemError` 406 if it refuses all of them. */
export function acceptedType<T extends string>(c: Context, supports: readonly T[]): T {
  c.header('vary', 'Accept, Accept-Language');
  const type = preferred(c, 'Accept', supports, mediaSpecificity);
  if (type !== undefined) return type;
  throw new ProblemError(406, {
    detail: `This is available as ${supports.join(' or ')}.`,
    headers: { vary: 'Accept, Accept-Language' },
  });
}

/** Returns the language that Accept-Language prefers (RFC 9110, 12.5.4): `en-GB` asks for `en` too, `*` for any. */
export function acceptedLanguage<T extends string>(
  c: Context,
  supports: readonly T[],
): T | undefined {
  return preferred(c, 'Accept-Language', supports, languageSpecificity);
}

function preferred<T extends string>(
  c: Context,
  header: Parameters<typeof accepts>[1]['header'],
  supports: readonly T[],
  specificity: Specificity,
): T | undefined {
  const match = (ranges: readonly Range[]): string => preferredOf(ranges, supports, specificity);
  const found = accepts(c, { header, supports: [...supports], default: supports[0] ?? '', match });
  return supports.find((each) => each === found);
}

/**
 * The most specific range decides the quality of each value, and the first of the best wins. Hono's own match knows
 * no `*`, and cannot tell a refusal from a missing header.
 */
function preferredOf(
  ranges: readonly Range[],
  supports: readonly string[],
  specificity: Specificity,
): string {
  if (ranges.length === 0) return supports[0] ?? '';
  const rated = supports.map((value) => {
    const rate = ({ type }: Range): number => specificity(type.toLowerCase(), value);
    const closest = ranges.filter(rate).sort((a, b) => rate(b) - rate(a))[0];
    return { value, quality: closest?.q ?? 0 };
  });
  const best = Math.max(...rated.map(({ quality }) => quality));
  return rated.find(({ quality }) => quality > 0 && quality === best)?.value ?? '';
}

function mediaSpecificity(range: string, value: string): number {
  if (range === value) return 3;
  if (range === `${value.split('/', 1)[0]}/*`) return 2;
  return range === '*/*' || range === '*' ? 1 : 0;
}

function languageSpecificity(range: string, value: string): number {
  if (range === value) return 3;
  if (range.startsWith(`${value}-`)) return 2;
  return range === '*' ? 1 : 0;
}
