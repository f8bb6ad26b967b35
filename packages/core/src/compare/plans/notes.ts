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
      'Một lần chạy riêng lẻ được tính ít nhất {1} ms, dù chỉ dài {0} ms',
      'A request by itself is billed for at least {1} ms, though it takes {0} ms',
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
      'Phản hồi HTTP phải đến trong {0} ms; các trigger khác có thể lâu hơn',
      'An HTTP response must come within {0} ms; other triggers may take longer',
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
    'Số yêu cầu cùng lúc trong một instance: {1} chứ không phải {2}, vì nó có {0} vCPU',
    'Requests at once in an instance: {1} instead of {2}, because it has {0} vCPU',
    vcpu,
    room,
    concurrency,
  );
  return { concurrency: room, notes: [note] };
}
