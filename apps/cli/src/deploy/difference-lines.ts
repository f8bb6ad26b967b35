import type { Difference } from '@tricloud/deploy';

/** What a deployment would change, a line each; where nothing is deployed yet, all of it is new. */
export function differenceLines(differences: readonly Difference[]): readonly string[] {
  if (differences.length === 0) return ['nothing differs from what is deployed'];
  if (differences.every(({ deployed }) => deployed === null)) {
    return ['nothing is deployed yet: all of it is new'];
  }
  return [
    'differs from what is deployed',
    ...differences.map(
      ({ what, deployed, planned }) =>
        `  ${what}: ${deployed ?? '(nothing)'} -> ${planned ?? '(gone)'}`,
    ),
  ];
}
