import type { Picodollars } from '../money/picodollars.ts';
import { carriersOf } from './carriers.ts';
import { printedAt } from './curve.ts';
import { mostRequests, type Workload } from './workload.ts';

/** The numbers of a workload, each of which may move the order. */
type NumericField = keyof typeof ranges;

/** How far one number can move before another offer is the cheapest, all else as in the workload. */
export interface Sensitivity {
  readonly field: NumericField;
  readonly value: number;
  /** `null` where no smaller number changes it. */
  readonly below: Turn | null;
  /** `null` where no larger number changes it. */
  readonly above: Turn | null;
}

/** The first number that was found at which another offer is the cheapest. */
interface Turn {
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

const fields: readonly NumericField[] = [
  'requestsPerMonth',
  'durationMs',
  'memoryMiB',
  'concurrencyPerInstance',
  'responseKiB',
  'peakToAverage',
];

/** Each step of the search is a twentieth of the number that it stands at. */
const STEP = 1.05;

/**
 * Which input moves the order: for each number of a workload the nearest smaller and larger one at which another
 * offer is the cheapest. It goes by steps of a twentieth until the cheapest offer changes, then halves the last
 * step down to the unit (1, or 0.001 where fractions are allowed); what changes and changes back within one
 * step is passed over.
 */
export function sensitivityOf(workload: Workload): readonly Sensitivity[] {
  const now = cheapestOf(workload);
  return fields.map((field) => {
    const cheapestAt = (value: number) => cheapestOf({ ...workload, [field]: value });
    const { min, max, unit } = ranges[field];
    const toValue = (steps: number) => Math.round(steps * unit * 1000) / 1000;
    const turn = (bound: number, next: (steps: number) => number): Turn | null => {
      let same = Math.round(workload[field] / unit);
      const end = Math.round(bound / unit);
      while (same !== end) {
        const tried = next(same);
        if (cheapestAt(toValue(tried)) !== now) return halved(same, tried);
        same = tried;
      }
      return null;
    };
    const halved = (from: number, to: number): Turn => {
      let [same, other] = [from, to];
      while (Math.abs(other - same) > 1) {
        const middle = Math.floor((same + other) / 2);
        if (cheapestAt(toValue(middle)) === now) same = middle;
        else other = middle;
      }
      return { value: toValue(other), cheapest: cheapestAt(toValue(other)) };
    };
    const [least, most] = [Math.round(min / unit), Math.round(max / unit)];
    return {
      field,
      value: workload[field],
      below: turn(min, (at) => Math.max(least, Math.min(at - 1, Math.floor(at / STEP)))),
      above: turn(max, (at) => Math.min(most, Math.max(at + 1, Math.ceil(at * STEP)))),
    };
  });
}

/** The id of the first in the order of a comparison with every server; empty where nothing carries the workload. */
function cheapestOf(workload: Workload): string {
  const { plans, fleets } = carriersOf(workload);
  const requests = BigInt(workload.requestsPerMonth);
  let [best, least]: [string, Picodollars] = ['', 0n];
  const see = (id: string, total: Picodollars) => {
    if (best === '' || total < least || (total === least && id < best)) [best, least] = [id, total];
  };
  for (const { id, curve } of plans) see(id, printedAt(curve, requests));
  for (const fleet of fleets) if (!('why' in fleet)) see(fleet.machine.id, fleet.total);
  return best;
}
