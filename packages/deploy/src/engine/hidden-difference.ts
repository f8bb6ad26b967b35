import type { Difference } from './plan.ts';

/** The difference of a variable, whose values are never shown; null or undefined where it does not exist. */
export function hiddenDifference(
  what: string,
  deployed: string | null | undefined,
  planned: string | null | undefined,
): Difference {
  const before = (deployed ?? null) === null ? null : 'a value (not shown)';
  const after = before === null ? 'a value (not shown)' : 'another value (not shown)';
  return { what, deployed: before, planned: (planned ?? null) === null ? null : after };
}
