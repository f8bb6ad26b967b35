import type { Difference } from '@tricloud/deploy';

/** The changes of a deployment, one line each. */
export function differenceLines(differences: readonly Difference[]): readonly string[] {
  if (differences.length === 0) return ['nothing differs from what is deployed'];
  if (differences.every(({ deployed }) => deployed === null)) {
    return ['nothing is deployed yet: everything is new'];
  }
  return [
    'differs from what is deployed',
    ...differences.map(
      ({ what, deployed, planned }) =>
        `  ${what}: ${deployed ?? '(none)'} -> ${planned ?? '(removed)'}`,
    ),
  ];
}
