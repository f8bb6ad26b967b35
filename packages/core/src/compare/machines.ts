import { priceLists } from '../price-lists.ts';
import { meterAwsEc2 } from '../billing/aws-ec2.ts';
import { meterAzureVm } from '../billing/azure-vm.ts';
import { meterGoogleGce } from '../billing/google-gce.ts';
import type { Metered } from '../billing/metered.ts';
import type { PriceList } from '../pricing/price-list.ts';
import type { ProviderId } from './comparison.ts';
import { monthHours as hours, toMonth, type Month } from './curve.ts';
import { onceARegion, orNoPrice } from './no-price.ts';

/** A size of virtual machine that is always on. */
export interface Machine {
  readonly id: string;
  readonly provider: ProviderId;
  readonly list: PriceList;
  /** A shared or burstable one counts as a whole. */
  readonly vcpu: number;
  readonly memoryMiB: number;
  readonly architecture: 'x86_64' | 'arm64';
  /** What one of them uses in a month, on demand with disk and address; or why it has no price in the region. */
  readonly month: (region: string, isFull: boolean) => Month | string;
}

/** What is taken for the disk of a machine: SSD for general purposes, on Azure the size next to it. */
const diskGb = 32;

/** vCPU and GiB, as in the catalogue that the prices come from; https://aws.amazon.com/ec2/instance-types/ */
const ec2 = [
  ['t2.micro', 1, 1],
  ['t2.medium', 2, 4],
  ['t3.nano', 2, 0.5],
  ['t3.micro', 2, 1],
  ['t3.small', 2, 2],
  ['t3.medium', 2, 4],
  ['t3.large', 2, 8],
  ['t3.xlarge', 4, 16],
  ['t3a.large', 2, 8],
  ['t4g.nano', 2, 0.5],
  ['t4g.micro', 2, 1],
  ['t4g.small', 2, 2],
  ['t4g.medium', 2, 4],
  ['m5.large', 2, 8],
  ['m7g.xlarge', 4, 16],
] as const;

/** vCPU and GiB; https://cloud.google.com/compute/docs/machine-resource */
const gce = [
  ['e2-micro', 2, 1],
  ['e2-small', 2, 2],
  ['e2-medium', 2, 4],
  ['e2-standard-2', 2, 8],
  ['e2-standard-4', 4, 16],
  ['n1-standard-1', 1, 3.75],
  ['n2-standard-2', 2, 8],
  ['t2d-standard-1', 1, 4],
  ['n4-standard-2', 2, 8],
  ['c4a-standard-1', 1, 4],
  ['f1-micro', 1, 0.6],
  ['g1-small', 1, 1.7],
] as const;

/** vCPU and GiB, as in the catalogue that the prices come from; https://learn.microsoft.com/azure/virtual-machines/sizes */
const vm = [
  ['B1ls', 1, 0.5],
  ['B1s', 1, 1],
  ['B1ms', 1, 2],
  ['B2s', 2, 4],
  ['B2ms', 2, 8],
  ['B2ts_v2', 2, 1],
  ['B2ats_v2', 2, 1],
  ['D2s_v3', 2, 8],
  ['D2s_v5', 2, 8],
  ['D2as_v5', 2, 8],
  ['D2_v2', 2, 7],
  ['A2_v2', 2, 4],
  ['F2', 2, 4],
] as const;

const arm = /^(?:t4g|m7g|c4a)/;

/** Every size that has a price somewhere. */
export const machines: readonly Machine[] = [
  ...ec2.map(([size, ...has]) =>
    machine('aws', priceLists.list('aws-ec2'), [size, ...has], (region, isFull) => {
      const besides = isFull ? { gp3GbMonths: diskGb, publicIpv4Hours: hours } : {};
      return meterAwsEc2({ size, hours, ...besides }, priceLists.in(region));
    }),
  ),
  ...gce.map(([size, ...has]) =>
    machine('google', priceLists.list('google-gce'), [size, ...has], (region, isFull) => {
      const besides = isFull ? { balancedDiskGbMonths: diskGb, publicIpv4Hours: hours } : {};
      return meterGoogleGce({ size, hours, ...besides }, priceLists.in(region));
    }),
  ),
  ...vm.map(([size, ...has]) =>
    machine('azure', priceLists.list('azure-vm'), [size, ...has], (region, isFull) => {
      const besides = isFull ? { disk: 'E4' as const, publicIpv4: true } : {};
      return meterAzureVm({ size, hours, ...besides }, priceLists.in(region));
    }),
  ),
];

function machine(
  provider: ProviderId,
  list: PriceList,
  [size, vcpu, gib]: readonly [size: string, vcpu: number, gib: number],
  meter: (region: string, isFull: boolean) => readonly Metered[],
): Machine {
  const months = onceARegion((region) => ({
    bare: orNoPrice(region, () => toMonth(meter(region, false))),
    full: orNoPrice(region, () => toMonth(meter(region, true))),
  }));
  return {
    id: `${list.service}-${size}`,
    provider,
    list,
    vcpu,
    memoryMiB: Math.floor(gib * 1024),
    architecture: arm.test(size) ? 'arm64' : 'x86_64',
    month: (region, isFull) => (isFull ? months(region).full : months(region).bare),
  };
}
