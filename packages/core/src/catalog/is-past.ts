import type { Runtime } from './runtime.ts';

/** Whether a runtime's support has ended before the day `asOf` (ISO 8601); without a date it has not. */
export function isPast(runtime: Pick<Runtime, 'endOfLife'>, asOf: string): boolean {
  return runtime.endOfLife !== null && runtime.endOfLife < asOf;
}
