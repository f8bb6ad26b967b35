import { limitsOf } from '../../catalog/providers.ts';
import type { Workload } from '../workload.ts';
import type { Plan } from './plan.ts';

/** Why a plan cannot serve a workload: memory, time-out, payload; `null` when it can. */
export function whyUnavailable(workload: Workload, plan: Plan): string | null {
  const { memoryMiB, durationMs, responseKiB } = workload;
  const responseBytes = plan.maxResponseBytes ?? limitsOf(plan.provider).responseBytes;
  if (memoryMiB > plan.maxMemoryMiB) {
    return `memoryMiB is ${memoryMiB}; an instance has at most ${plan.maxMemoryMiB} MiB`;
  }
  if (plan.maxDurationMs !== null && durationMs > plan.maxDurationMs) {
    return `durationMs is ${durationMs}; a function is stopped after ${plan.maxDurationMs} ms`;
  }
  if (responseBytes !== null && responseKiB * 1024 > responseBytes) {
    return `responseKiB is ${responseKiB}; a response that is not streamed has at most ${Math.floor(responseBytes / 1024)} KiB`;
  }
  return null;
}

/** Says so where the memory billed is more than what was asked for. */
export function sizeNotes({ memoryMiB }: Workload, taken: number, which: string): string[] {
  return taken === memoryMiB ? [] : [`${memoryMiB} MiB is billed as ${taken} MiB, ${which}`];
}

/** Says so where a duration is billed by a minimum. */
export function minimumNotes({ durationMs }: Workload, minimumMs: number): string[] {
  return durationMs >= minimumMs
    ? []
    : [`${durationMs} ms is billed as ${minimumMs} ms, the minimum`];
}

/** Says so where an HTTP answer may not take as long as a request of the workload does. */
export function httpNotes({ durationMs }: Workload, { provider }: Plan): string[] {
  const { httpTimeoutMs } = limitsOf(provider);
  return durationMs <= httpTimeoutMs
    ? []
    : [`An answer over HTTP must come within ${httpTimeoutMs} ms; other triggers may take longer`];
}

/** Says so where a concurrency that was asked for does not lower the bill. */
export function notSharedNotes({ concurrencyPerInstance }: Workload, reason: string): string[] {
  return concurrencyPerInstance === 1
    ? []
    : [`concurrencyPerInstance ${concurrencyPerInstance} has no effect: ${reason}`];
}

/** Says so where the processor that was asked for makes no difference to the bill. */
export function oneProcessorNotes({ architecture }: Workload): string[] {
  return architecture === 'x86_64'
    ? []
    : [`architecture ${architecture} has no effect on this plan`];
}
