/** Lets requests through as `maxConcurrentRequests` and `maxOutstandingRequests` allow. */
export interface Throttle {
  /** `undefined` if there are too many; otherwise resolves, when it is this one's turn, to what ends it. */
  enter(): Promise<() => void> | (() => void) | undefined;
}

/**
 * The queue of Azure's host: so many run at a time, and so many may run or wait; -1 is without limit
 * (https://github.com/Azure/azure-functions-host/blob/89dc438/src/WebJobs.Script.WebHost/Middleware/HttpThrottleMiddleware.cs).
 */
export function createThrottle(maxConcurrent: number, maxOutstanding: number): Throttle {
  let running = 0;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return {
    enter() {
      if (maxOutstanding >= 0 && running + waiting.length >= maxOutstanding) return undefined;
      if (maxConcurrent < 0 || running < maxConcurrent) {
        running += 1;
        return leave;
      }
      return new Promise((resolve) => waiting.push(() => resolve(leave)));
    },
  };
}
