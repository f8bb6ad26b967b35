import * as v from 'valibot';
import { sizesOf } from '../catalog/servers.ts';
import { amount, fields, oneOf, real, whole, withKnownPrices } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, isMore, minus, quantity, times, type Quantity } from '../pricing/quantity.ts';
import { meterGoogleNetworkEgress } from './google-network-egress.ts';
import type { Metered } from './metered.ts';
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
  egressGib: v.optional(amount(), 0),
});

/** A month of machines of one size; what is left out is none, and one machine. */
type GoogleGceUsage = { readonly size: string; readonly hours: number } & Partial<
  Omit<v.InferOutput<typeof GoogleGceUsageSchema>, 'size'>
>;

/** The hours of the machines, and whatever else is used of disk, public address and egress. */
export function meterGoogleGce(usage: GoogleGceUsage, prices: RegionPrices): readonly Metered[] {
  const { size, hours, instances = 1, egressGib = 0 } = usage;
  const besides = [
    { id: 'disk-standard', used: usage.standardDiskGbMonths ?? 0 },
    { id: 'disk-balanced', used: usage.balancedDiskGbMonths ?? 0 },
    { id: 'disk-ssd', used: usage.ssdDiskGbMonths ?? 0 },
    { id: 'public-ipv4', used: usage.publicIpv4Hours ?? 0 },
  ];
  return [
    ...hoursOf(size, exactly(hours)).map(({ id, used }) => ({
      quantity: times(used, BigInt(instances)),
      price: prices.price('google-gce', id),
    })),
    ...besides
      .filter(({ used }) => used > 0)
      .map(({ id, used }) => ({
        quantity: exactly(used),
        price: prices.price('google-gce', id),
      })),
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
  'f1-micro',
  'g1-small',
]);

const quarter = quantity(730n, 4n);
const laterQuarters = ['-second-quarter', '-third-quarter', '-fourth-quarter'];

function hoursOf(size: string, hours: Quantity): readonly { id: string; used: Quantity }[] {
  if (!sustained.has(size)) return [{ id: size, used: hours }];
  const parts: { id: string; used: Quantity }[] = [];
  let left = hours;
  for (const name of ['', ...laterQuarters]) {
    const isLast = name === laterQuarters.at(-1);
    const used = !isLast && isMore(left, quarter) ? quarter : left;
    parts.push({ id: `${size}${name}`, used });
    left = minus(left, used);
  }
  return parts;
}

/** Virtual machines of Compute Engine. */
export const googleGce: BilledService = {
  id: 'google-gce',
  plans: { 'on-demand': planOf(GoogleGceUsageSchema, meterGoogleGce) },
};
