/** Rounds up to a whole number of steps, as a meter does; exact for whole steps below 2^53. */
export function roundUpToStep(value: number, step: number): number {
  // The first rounding makes the value whole, so that the division of the second cannot slip over a step.
  return Math.ceil(Math.ceil(value) / step) * step;
}

/** Bills a minimum where less was used. */
export function atLeast(minimum: number, value: number): number {
  return Math.max(minimum, value);
}
