/** The three regions whose names are the most like this one, the likest first. */
export function similarRegions(name: string, regions: readonly string[]): string {
  const wanted = pairsOf(name);
  return regions
    .map((region) => ({ region, likeness: likeness(wanted, pairsOf(region)) }))
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, 3)
    .map(({ region }) => region)
    .join(', ');
}

/** Two letters each, as they stand beside one another. */
function pairsOf(name: string): ReadonlySet<string> {
  const letters = `^${name.toLowerCase()}$`;
  return new Set(Array.from(letters, (letter, index) => letter + (letters[index + 1] ?? '')));
}

// Sørensen and Dice's coefficient: https://en.wikipedia.org/wiki/Dice-S%C3%B8rensen_coefficient
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((pair) => b.has(pair)).length;
  return (2 * shared) / (a.size + b.size);
}
