/** How often and how long AWS is asked; a test asks more often and waits for less. */
export interface Pace {
  /** Between two looks at a stack or a log. */
  readonly pollMs: number;
  /** How long a stack may be about to be created before it counts as left behind. */
  readonly reviewMs: number;
  /** How long one request may take. */
  readonly requestTimeoutMs: number;
  /** Tries of a request that failed in a way that may pass. */
  readonly attempts: number;
}

export const defaultPace: Pace = {
  pollMs: 2000,
  reviewMs: 20_000,
  requestTimeoutMs: 30_000,
  attempts: 5,
};
