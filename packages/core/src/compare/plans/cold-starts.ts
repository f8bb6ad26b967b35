import type { Metered } from '../../billing/metered.ts';
import {
  exactly,
  plus,
  product,
  quantity,
  ratio,
  roundUp,
  type Quantity,
} from '../../pricing/quantity.ts';
import type { Charge } from '../cost.ts';
import { requestsDriver } from '../drivers.ts';
import type { Workload } from '../workload.ts';

/**
 * What starting instances adds, where the provider bills it: each request that starts one is billed for as much longer as
 * the start takes, rounded up together with the request.
 */
export function coldStartCharges(
  { durationMs, coldStarts, initMs }: Workload,
  second: readonly Metered[],
  stepMs: number,
): readonly Charge[] {
  if (coldStarts === 0 || initMs === 0) return [];
  const warm = exactly(durationMs);
  const addedMs = rounded(plus(warm, exactly(initMs)), stepMs) - rounded(warm, stepMs);
  const seconds = product(exactly(coldStarts), quantity(addedMs, 1000n));
  const metered = second.map((each) => ({ ...each, quantity: product(each.quantity, seconds) }));
  return [{ metered, driver: requestsDriver }];
}

function rounded(ms: Quantity, stepMs: number): bigint {
  const step = BigInt(stepMs);
  return roundUp(ratio(ms, quantity(step))) * step;
}
