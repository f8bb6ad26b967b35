import { setTimeout } from 'node:timers/promises';

/** Waits, unless the signal says otherwise: then it throws an `AbortError`. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal });
}

/** What a `Retry-After` header asks for, in seconds or as a date; `otherwise` where it says nothing. */
export function retryAfterMs(header: string | undefined, otherwise: number, nowMs: number): number {
  if (header === undefined || header.trim() === '') return otherwise;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? otherwise : Math.max(0, at - nowMs);
}
