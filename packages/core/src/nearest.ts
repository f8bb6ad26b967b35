/** The name that was probably meant: the same in another spelling, or a letter or two away; else `undefined`. */
export function nearest(given: string, names: readonly string[]): string | undefined {
  if (given.length > longest) return undefined;
  const word = lettersOf(given);
  let found: string | undefined;
  let least = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  for (const name of names) {
    const away = distance(word, lettersOf(name), least);
    if (away > least || (away === least && found !== undefined)) continue;
    found = name;
    least = away;
  }
  return found;
}

/** What a refusal adds where a name was probably meant. */
export function orNearest(given: unknown, names: readonly string[]): string {
  const found = typeof given === 'string' ? nearest(given, names) : undefined;
  return found === undefined ? '' : `; ${JSON.stringify(found)} may be meant`;
}

/** No name of ours is longer. */
const longest = 60;

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** Damerau-Levenshtein distance in letters; `most + 1` where it is more than `most`. */
function distance(a: string, b: string, most: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let rows: Rows = {
    above: Array.from({ length: b.length + 1 }, (_, index) => index),
    twoAbove: [],
  };
  for (let i = 1; i <= a.length; i += 1) {
    const row = nextRow(a, b, i, rows);
    if (Math.min(...row) > most) return most + 1;
    rows = { above: row, twoAbove: rows.above };
  }
  return rows.above[b.length] ?? 0;
}

interface Rows {
  readonly above: readonly number[];
  readonly twoAbove: readonly number[];
}

/** Distances of the first `i` letters of `a` from the prefixes of `b`. */
function nextRow(a: string, b: string, i: number, { above, twoAbove }: Rows): readonly number[] {
  const row = [i];
  for (let j = 1; j <= b.length; j += 1) {
    const changed = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
    const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    const swapped = isSwapped ? (twoAbove[j - 2] ?? 0) + 1 : Infinity;
    row.push(Math.min(changed, swapped, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
  }
  return row;
}
