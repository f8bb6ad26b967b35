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

/** Levenshtein distance in letters; `most + 1` where it is more than `most`. */
function distance(a: string, b: string, most: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const letter of a) {
    row = nextRow(row, letter, b);
    if (Math.min(...row) > most) return most + 1;
  }
  return row[b.length] ?? 0;
}

/** Distances of the prefixes of `b` from a prefix that is one letter longer than that of `above`. */
function nextRow(above: readonly number[], letter: string, b: string): readonly number[] {
  const row = [(above[0] ?? 0) + 1];
  for (let j = 0; j < b.length; j += 1) {
    const changed = (above[j] ?? 0) + (letter === b[j] ? 0 : 1);
    row.push(Math.min(changed, (above[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1));
  }
  return row;
}
