/** How long the commands wait for Azure; the tests wait less. All in milliseconds, but for the counts. */
export interface Pace {
  /** Before a request that failed is sent again; it grows from try to try, and `Retry-After` goes before it. */
  readonly retryMs: number;
  /** Between two looks at an operation whose answer names no time. */
  readonly pollMs: number;
  /** One request, up to its answer. */
  readonly requestMs: number;
  /** The upload of an archive, up to its answer. */
  readonly uploadMs: number;
  /** A deployment, a removal or a publication as a whole. */
  readonly operationMs: number;
  /**
   * Between two tries while a role is on its way: it takes effect within ten minutes,
   * https://learn.microsoft.com/azure/role-based-access-control/troubleshooting (2026-11-22).
   */
  readonly propagationMs: number;
  readonly propagationTries: number;
  /** While the deployment site of a new app starts: it answers 404, 409 or 503 until then. */
  readonly startTries: number;
  /** Between two looks at the log. */
  readonly logsMs: number;
  /** Unix time. */
  now(): number;
}

/** What suits Azure. */
export const usualPace: Pace = {
  retryMs: 1_000,
  pollMs: 2_000,
  requestMs: 100_000,
  uploadMs: 300_000,
  operationMs: 2_700_000,
  propagationMs: 15_000,
  propagationTries: 40,
  startTries: 60,
  logsMs: 10_000,
  now: () => Date.now(),
};
