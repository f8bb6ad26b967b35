import type { FrontState } from './http/front.ts';

/** Starts what runs without a request: timers and the warm-up. The answer stops it. */
export function startTriggers(_state: FrontState): () => void {
  return () => {};
}
