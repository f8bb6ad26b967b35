import type { Configuration } from '../../catalog/configuration.ts';
import type { FunctionPlanId } from '../../catalog/function-limits.ts';
import type { ProviderId } from '../../catalog/provider-ids.ts';
import type { Text } from '../../catalog/text.ts';
import type { MeterPrice } from '../../pricing/price-list.ts';
import type { RegionPrices } from '../../pricing/price-lists.ts';
import type { Instances } from '../candidate.ts';
import type { Charge } from '../cost.ts';
import type { Workload } from '../workload.ts';

/** A way in which a provider bills a function. */
export interface PricingPlan {
  readonly id: FunctionPlanId;
  readonly provider: ProviderId;
  /** Service whose price list it stands on. */
  readonly service: string;
  /** Price of a GiB sent to the internet, where the plan has its own. */
  readonly egressPrice?: (prices: RegionPrices) => MeterPrice;
  /** What a workload uses in a configuration; throws `NoPriceError` where the region has no price. */
  readonly use: (configured: ConfiguredWorkload, prices: RegionPrices) => PlanUse;
}

/** A workload and the configuration that a plan serves it in. */
export interface ConfiguredWorkload {
  readonly workload: Workload;
  readonly configuration: Configuration;
}

/** What a workload uses on a plan. */
export interface PlanUse {
  readonly charges: readonly Charge[];
  /** Absent where no instance is provisioned. */
  readonly instances?: Instances;
  readonly notes?: readonly Text[];
}
