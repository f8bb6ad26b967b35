import { meterAll, type Metered } from '../billing/metered.ts';
import { text } from '../catalog/bilingual.ts';
import type { ProviderId } from '../catalog/provider-ids.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { isMore, quantity, type Quantity } from '../pricing/quantity.ts';
import { monthHours } from './drivers.ts';
import { extra, gib, noExtra, type Extra } from './extras.ts';
import type { Workload } from './workload.ts';

/** A load balancer before several servers: a month of its hours, and what it charges for one request. */
export interface LoadBalancer {
  readonly month: Extra;
  readonly perRequest: Extra;
}

/** The load balancer before several servers, where the workload asks for gateways to be billed. */
export function loadBalancer(
  provider: ProviderId,
  workload: Workload,
  prices: RegionPrices,
): LoadBalancer {
  if (!workload.frontDoor) return { month: noExtra, perRequest: noExtra };
  const { month, perRequest } = balancers[provider];
  const name = text('Bộ cân bằng tải', 'Load balancer');
  const monthly = extra(name, prices, () => month(prices));
  // One note is enough where it has no price at all.
  if (monthly.missing.length > 0) return { month: monthly, perRequest: noExtra };
  return { month: monthly, perRequest: extra(name, prices, () => perRequest(workload, prices)) };
}

interface Balancer {
  readonly month: (prices: RegionPrices) => readonly Metered[];
  readonly perRequest: (workload: Workload, prices: RegionPrices) => readonly Metered[];
}

/** Layer 7 balancers: Application Load Balancer, external Application Load Balancer, Application Gateway (Basic). */
const balancers: Readonly<Record<ProviderId, Balancer>> = {
  aws: {
    month: (prices) => meterAll(prices, 'aws-ec2', { alb: monthHours }),
    perRequest: ({ responseKiB }, prices) =>
      meterAll(prices, 'aws-ec2', { 'alb-capacity': capacityUnitHours(responseKiB) }),
  },
  google: {
    month: (prices) => meterAll(prices, 'google-gce', { 'load-balancer': monthHours }),
    perRequest: ({ responseKiB }, prices) =>
      meterAll(prices, 'google-gce', { 'load-balancer-data': gib(responseKiB) }),
  },
  azure: {
    month: (prices) => meterAll(prices, 'azure-vm', { 'application-gateway': monthHours }),
    perRequest: ({ responseKiB }, prices) =>
      meterAll(prices, 'azure-vm', {
        'application-gateway-capacity': capacityUnitHours(responseKiB),
      }),
  },
};

/**
 * Capacity unit hours of one request on its own connection: a unit is 25 new connections a second or 1 GB an hour,
 * whichever is more used: https://aws.amazon.com/elasticloadbalancing/pricing/, read 2026-11-30.
 */
function capacityUnitHours(responseKiB: number): Quantity {
  const [connection, data] = [quantity(1n, 25n * 3600n), gib(responseKiB)];
  return isMore(connection, data) ? connection : data;
}
