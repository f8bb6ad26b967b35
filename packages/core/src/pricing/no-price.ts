/** The regions to name where a price is not known in a region of a provider: every one that has it. */
export function whereKnown(
  _provider: string,
  _region: string,
  regions: readonly string[],
): readonly string[] {
  return regions;
}
