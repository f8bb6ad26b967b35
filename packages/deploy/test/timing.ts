import type { Timing } from '../src/engine/timing.ts';

/** Virtual time: every wait ends at once, is counted, and moves the clock. */
export interface VirtualTiming extends Timing {
  /** Milliseconds of each wait so far. */
  readonly waits: number[];
}

export function virtualTiming(more: Partial<Timing> = {}): VirtualTiming {
  let nowMs = Date.parse('2026-11-22T12:00:00Z');
  const waits: number[] = [];
  return {
    waits,
    now: () => nowMs,
    async wait(ms, signal) {
      waits.push(ms);
      nowMs += ms;
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      signal.throwIfAborted();
    },
    requestMs: 5_000,
    uploadMs: 5_000,
    operationMs: 45 * 60_000,
    ...more,
  };
}
