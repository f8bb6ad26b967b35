import { compare, type Comparison, parseWorkload } from '@tricloud/core';
import { priceLists } from '@tricloud/core/price-lists';

/** The comparison of a workload, priced on the day of the lists. */
export function comparisonOf(workload: Readonly<Record<string, unknown>>): Comparison {
  return compare(parseWorkload(workload, priceLists), { asOf: '2026-11-22', prices: priceLists });
}

/** A web API of three million requests. */
export const webApi = { requestsPerMonth: 3_000_000, durationMs: 120, memoryMiB: 1536 };
