import type * as v from 'valibot';
import { readInput, type Read } from '../parse-input.ts';
import type { PriceList } from '../pricing/price-list.ts';
import type { PriceLists, RegionPrices } from '../pricing/price-lists.ts';
import type { Metered } from './metered.ts';

/** A service that a provider bills: what is said of its use, and how that is metered. */
export interface BilledService {
  /** `<provider>-<service>` */
  readonly id: string;
  /** The list whose regions it has; its id where nothing is said. What it meters may stand on other lists as well. */
  readonly list?: string;
  /** The ways in which it is billed, by name; the first is meant where none is named. */
  readonly plans: Readonly<Record<string, BilledPlan>>;
  /** The plan that is not among them, since its price was not found. */
  readonly unpriced?: string;
}

/** One way in which a service is billed. */
export interface BilledPlan {
  /** The schema of what is said of a month's use. */
  readonly usage: v.GenericSchema;
  /** Reads what is said of a month's use; the output meters it in a region. */
  readonly read: (usage: unknown, at: string) => Read<MeteredUsage>;
}

/** A month's use that was read. */
export interface MeteredUsage {
  readonly usage: unknown;
  /** Throws `NoPriceError` where the region has no price for it. */
  readonly meter: (prices: RegionPrices) => readonly Metered[];
}

/** The price list of a service. */
export function listOf({ id, list = id }: BilledService, prices: PriceLists): PriceList {
  return prices.list(list);
}

/** A plan from the schema of its usage, and how usage becomes metered quantities in a region. */
export function planOf<S extends v.GenericSchema>(
  usage: S,
  meter: (usage: v.InferOutput<S>, prices: RegionPrices) => readonly Metered[],
): BilledPlan {
  return {
    usage,
    read(input, at) {
      const { output, faults } = readInput(usage, input, { at });
      if (output === undefined) return { faults };
      return { output: { usage: output, meter: (prices) => meter(output, prices) }, faults: [] };
    },
  };
}
