import type { Metered } from '../billing/metered.ts';
import { text } from '../catalog/bilingual.ts';
import type { ProviderId } from '../catalog/provider-ids.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { isMore, product, quantity, zero } from '../pricing/quantity.ts';
import type { Driver } from './cost.ts';
import { monthHours } from './drivers.ts';
import { extra, gib, noExtra, type Extra } from './extras.ts';
import type { Workload } from './workload.ts';

/** A load balancer before several servers. */
export interface LoadBalancer {
  /** A month of its hours. */
  readonly month: Extra;
  /** What it charges for one request. */
  readonly perRequest: Extra;
}

/** The load balancer before several servers, where the workload asks for gateways to be billed. */
export function loadBalancer(
  provider: ProviderId,
  workload: Workload,
  prices: RegionPrices,
): LoadBalancer {
  if (!workload.frontDoor) return { month: noExtra, perRequest: noExtra };
  const name = text('Bộ cân bằng tải', 'Load balancer');
  const hours = quantity(BigInt(monthHours));
  const { hourly, perUse } = balancers[provider];
  const month = extra(name, prices, () => [{ quantity: hours, price: hourly(prices) }]);
  if (month.missing.length > 0) return { month, perRequest: noExtra };
  return { month, perRequest: extra(name, prices, () => perUse(workload, prices)) };
}
