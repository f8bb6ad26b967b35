import type { PriceLists } from '../pricing/price-lists.ts';
import { isAvailable } from './candidate.ts';
import { totalAt } from './cost.ts';
import { planCandidates } from './plan-candidates.ts';
import { isRanked } from './ranking.ts';
import { serverCandidates } from './servers.ts';
import { mostRequests, type Workload } from './workload.ts';

/** How far one number of a workload can move before something else is the cheapest, all else the same. */
export interface Sensitivity {
  readonly field: NumericField;
  readonly value: number;
  /** `null` where no smaller number changes it. */
  readonly below: TippingPoint | null;
  /** `null` where no larger number changes it. */
  readonly above: TippingPoint | null;
}

/** The nearest number at which another plan or server is the cheapest; its id is empty where nothing has capacity for the workload. */
export interface TippingPoint {
  readonly value: number;
  readonly cheapest: string;
}

/** What a workload may say, and the smallest difference that is looked for. */
const ranges = {
  requestsPerMonth: { min: 0, max: mostRequests, unit: 1 },
  durationMs: { min: 0.001, max: 86_400_000, unit: 0.001 },
  memoryMiB: { min: 1, max: 32_768, unit: 1 },
  concurrencyPerInstance: { min: 1, max: 1000, unit: 1 },
  responseKiB: { min: 0, max: 1_048_576, unit: 0.001 },
  peakToAverage: { min: 1, max: 1_000_000, unit: 0.001 },
};

type NumericField = keyof typeof ranges;

const fields = [
  'requestsPerMonth',
  'durationMs',
  'memoryMiB',
  'concurrencyPerInstance',
  'responseKiB',
  'peakToAverage',
] as const satisfies readonly NumericField[];

/** Each step of the search is this share of the number that it stands at. */
const stepShare = 0.1;

/**
 * For each number of a workload the nearest smaller and larger one at which something else is the cheapest. The search
 * goes by steps of a tenth until the cheapest changes, then halves the last step down to the unit (1, or 0.001 where
 * fractions are allowed); what changes and changes back within one step is passed over.
 */
export function sensitivityOf(workload: Workload, prices: PriceLists): readonly Sensitivity[] {
  const now = cheapestOf(workload, prices);
  return fields.map((field) => {
    const { min, max, unit } = ranges[field];
    const at = (steps: number): TippingPoint => {
      const value = Math.round(steps * unit * 1000) / 1000;
      return { value, cheapest: cheapestOf({ ...workload, [field]: value }, prices) };
    };
    const start = Math.round(workload[field] / unit);
    const search = { at, now, start };
    const [least, most] = [Math.round(min / unit), Math.round(max / unit)];
    return {
      field,
      value: workload[field],
      below: tippingPoint({ ...search, bound: least, direction: -1 }),
      above: tippingPoint({ ...search, bound: most, direction: 1 }),
    };
  });
}

interface Search {
  readonly at: (steps: number) => TippingPoint;
  readonly now: string;
  /** In units, as is the bound. */
  readonly start: number;
  readonly bound: number;
  readonly direction: 1 | -1;
}

function tippingPoint({ at, now, start, bound, direction }: Search): TippingPoint | null {
  let same = start;
  while (same !== bound) {
    const step = Math.max(1, Math.round(same * stepShare));
    const next = direction * Math.min(direction * bound, direction * same + step);
    if (at(next).cheapest !== now)
      return at(firstChange(same, next, (each) => at(each).cheapest !== now));
    same = next;
  }
  return null;
}

/** The number nearest to `same` at which something has changed that has changed at `changed`. */
function firstChange(same: number, changed: number, isChanged: (at: number) => boolean): number {
  let [unchanged, other] = [same, changed];
  while (Math.abs(other - unchanged) > 1) {
    const middle = Math.floor((unchanged + other) / 2);
    if (isChanged(middle)) other = middle;
    else unchanged = middle;
  }
  return other;
}

/** Id of the cheapest plan or server of every size; empty where nothing has capacity for the workload. */
function cheapestOf(workload: Workload, prices: PriceLists): string {
  let best = '';
  let least = 0n;
  for (const each of [...planCandidates(workload, prices), ...serverCandidates(workload, prices)]) {
    if (!isAvailable(each) || !isRanked(each, workload)) continue;
    const total = totalAt(each.cost, workload.requestsPerMonth);
    if (best === '' || total < least || (total === least && each.id < best)) {
      [best, least] = [each.id, total];
    }
  }
  return best;
}
