import { textWith } from '../../catalog/bilingual.ts';
import type { Configuration } from '../../catalog/configuration.ts';
import { functionLimits } from '../../catalog/function-limits.ts';
import type { Text } from '../../catalog/text.ts';
import { toNumber } from '../../pricing/quantity.ts';
import { peakInFlightPerRequest } from '../drivers.ts';
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

/** Concurrent executions of an account in a region until AWS raises them: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const usualConcurrency = 1000;

/** A note where a peak needs more of Lambda's concurrency than an account has to begin with. */
export function quotaNotes(workload: Workload): readonly Text[] {
  const inFlight = toNumber(peakInFlightPerRequest(workload)) * workload.requestsPerMonth;
  if (inFlight <= usualConcurrency) return [];
  return [
    textWith(
      'Lúc cao điểm có trung bình {0} yêu cầu cùng lúc; một tài khoản có {1} lúc đầu, phải xin AWS nâng hạn mức',
      'The peak has {0} requests in flight on average; an account starts with {1}, and AWS has to raise the quota',
      Math.round(inFlight),
      usualConcurrency,
    ),
  ];
}

/**
 * Requests at once that an instance serves: those of its configuration, and no more than keep its vCPUs busy where
 * the workload says how much a request does.
 */
export function instanceConcurrency(
  { cpuPerRequest }: Workload,
  { concurrency, vcpu }: Configuration,
): { readonly concurrency: number; readonly notes: readonly Text[] } {
  if (cpuPerRequest === null || concurrency * cpuPerRequest <= vcpu)
    return { concurrency, notes: [] };
  // What a request asks beyond a whole instance only makes it longer.
  const mostAtOnce = Math.max(1, Math.floor(vcpu / cpuPerRequest));
  if (mostAtOnce >= concurrency) return { concurrency, notes: [] };
  const note = textWith(
    'Số yêu cầu cùng lúc trong một instance: {1} chứ không phải {2}, vì nó có {0} vCPU',
    'Requests at once in an instance: {1} instead of {2}, because it has {0} vCPU',
    vcpu,
    mostAtOnce,
    concurrency,
  );
  return { concurrency: mostAtOnce, notes: [note] };
}
