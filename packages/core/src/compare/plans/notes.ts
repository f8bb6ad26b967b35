import { textWith } from '../../catalog/bilingual.ts';
import type { Configuration } from '../../catalog/configuration.ts';
import { functionLimits } from '../../catalog/function-limits.ts';
import type { Text } from '../../catalog/text.ts';
import type { Workload } from '../workload.ts';
import type { PricingPlan } from './plan.ts';

/** A note where a duration is billed by a minimum. */
export function minimumNotes({ durationMs }: Workload, minimumMs: number): readonly Text[] {
  if (durationMs >= minimumMs) return [];
  return [
    textWith(
      'một lần chạy riêng lẻ được tính ít nhất {1} ms, dù chỉ dài {0} ms',
      'a request by itself is billed for at least {1} ms, though it takes {0} ms',
      durationMs,
      minimumMs,
    ),
  ];
}

/** A note where an HTTP response may not take as long as a request of the workload does. */
export function httpNotes({ durationMs }: Workload, { id }: PricingPlan): readonly Text[] {
  const { httpTimeoutMs } = functionLimits(id);
  if (durationMs <= httpTimeoutMs) return [];
  return [
    textWith(
      'phản hồi HTTP phải đến trong {0} ms; các trigger khác có thể lâu hơn',
      'an HTTP response must come within {0} ms; other triggers may take longer',
      httpTimeoutMs,
    ),
  ];
}

/**
 * Requests at once that an instance has room for: those of its configuration, and no more than keep its vCPUs busy where
 * the workload says how much a request does.
 */
export function roomInInstance(
  { cpuPerRequest }: Workload,
  { concurrency, vcpu }: Configuration,
): { readonly concurrency: number; readonly notes: readonly Text[] } {
  if (cpuPerRequest === null || concurrency * cpuPerRequest <= vcpu)
    return { concurrency, notes: [] };
  // What a request asks beyond a whole instance only makes it longer.
  const room = Math.max(1, Math.floor(vcpu / cpuPerRequest));
  if (room >= concurrency) return { concurrency, notes: [] };
  const note = textWith(
    'vCPU của một instance ({0}) chỉ đủ cho {1} yêu cầu cùng lúc, không phải {2}',
    'the {0} vCPU of an instance keep up with {1} requests at once, not {2}',
    vcpu,
    room,
    concurrency,
  );
  return { concurrency: room, notes: [note] };
}
