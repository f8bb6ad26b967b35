import * as v from 'valibot';
import { sizesOf } from '../catalog/servers.ts';
import { amount, fields, oneOf, real, whole, withKnownPrices } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, isMore, minus, quantity, times, type Quantity } from '../pricing/quantity.ts';
import { meterGoogleNetworkEgress } from './google-network-egress.ts';
import { meterAll, meterUsed, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of machines of one size, on demand, Linux, with what hangs on them. */
const GoogleGceUsageSchema = fields({
  size: oneOf(sizesOf('google'), withKnownPrices),
  /** Of each machine. */
  hours: real(0, 744),
  instances: v.optional(whole(0, 1_000_000), 1),
  standardDiskGbMonths: v.optional(amount(), 0),
  balancedDiskGbMonths: v.optional(amount(), 0),
  ssdDiskGbMonths: v.optional(amount(), 0),
  publicIpv4Hours: v.optional(amount(), 0),
  /** Of external application load balancers, and what they send. */
  loadBalancerHours: v.optional(amount(), 0),
  loadBalancerGib: v.optional(amount(), 0),
  egressGib: v.optional(amount(), 0),
});

/** A month of machines of one size; what is left out is none, and one machine. */
type GoogleGceUsage = { readonly size: string; readonly hours: number } & Partial<
  Omit<v.InferOutput<typeof GoogleGceUsageSchema>, 'size'>
>;

/** The hours of the machines, and whatever else is used of disk, public address and egress. */
export function meterGoogleGce(usage: GoogleGceUsage, prices: RegionPrices): readonly Metered[] {
  const { size, hours, instances = 1, egressGib = 0 } = usage;
  return [
    ...meterAll(prices, 'google-gce', hoursOf(size, hours, BigInt(instances))),
    ...meterUsed(prices, 'google-gce', {
      'disk-standard': usage.standardDiskGbMonths ?? 0,
      'disk-balanced': usage.balancedDiskGbMonths ?? 0,
      'disk-ssd': usage.ssdDiskGbMonths ?? 0,
      'public-ipv4': usage.publicIpv4Hours ?? 0,
      'load-balancer': usage.loadBalancerHours ?? 0,
      'load-balancer-data': usage.loadBalancerGib ?? 0,
    }),
    ...meterGoogleNetworkEgress({ worldwideGib: egressGib }, prices),
  ];
}

/**
 * The sizes with a sustained use discount: each further quarter of the month that the same machine runs costs less.
 * https://cloud.google.com/compute/docs/sustained-use-discounts; a month of 730 hours comes out as in `pricing.yml`.
 */
const sustained: ReadonlySet<string> = new Set([
  'n1-standard-1',
  'n2-standard-2',
  'n2d-standard-2',
  'f1-micro',
  'g1-small',
]);

const quarter = quantity(730n, 4n);
const laterQuarters = ['-second-quarter', '-third-quarter', '-fourth-quarter'];

/** The hours of one machine, by price, times the machines. */
function hoursOf(
  size: string,
  hours: number,
  machines: bigint,
): Readonly<Record<string, Quantity>> {
  let left = exactly(hours);
  if (!sustained.has(size)) return { [size]: times(left, machines) };
  const parts: Record<string, Quantity> = {};
  for (const name of ['', ...laterQuarters]) {
    const isLast = name === laterQuarters.at(-1);
    const used = !isLast && isMore(left, quarter) ? quarter : left;
    parts[`${size}${name}`] = times(used, machines);
    left = minus(left, used);
  }
  return parts;
}

/** A month of machines of one size that are committed to for one year. */
const CommittedSchema = fields({
  size: oneOf(sizesOf('google'), withKnownPrices),
  hours: amount(),
});

/** Virtual machines of Compute Engine. */
export const googleGce: BilledService = {
  id: 'google-gce',
  plans: {
    'on-demand': planOf(GoogleGceUsageSchema, meterGoogleGce),
    'commitment-1y': planOf(CommittedSchema, ({ size, hours }, prices) =>
      meterAll(prices, 'google-gce', { [`${size}-1y`]: hours }),
    ),
  },
};
