import { serverSizes, type ServerSize } from '../catalog/servers.ts';
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

const listOf = { aws: 'aws-ec2', google: 'google-gce', azure: 'azure-vm' } as const;

/** Every size that has a price somewhere. */
export const machines: readonly Machine[] = serverSizes.map((has) => {
  const { size } = has;
  const meters: Readonly<
    Record<ProviderId, (region: string, isFull: boolean) => readonly Metered[]>
  > = {
    aws: (region, isFull) => {
      const besides = isFull ? { gp3GbMonths: diskGb, publicIpv4Hours: hours } : {};
      return meterAwsEc2({ size, hours, ...besides }, priceLists.in(region));
    },
    google: (region, isFull) => {
      const besides = isFull ? { balancedDiskGbMonths: diskGb, publicIpv4Hours: hours } : {};
      return meterGoogleGce({ size, hours, ...besides }, priceLists.in(region));
    },
    azure: (region, isFull) => {
      const besides = isFull ? { disk: 'E4' as const, publicIpv4: true } : {};
      return meterAzureVm({ size, hours, ...besides }, priceLists.in(region));
    },
  };
  return machine(has, priceLists.list(listOf[has.provider]), meters[has.provider]);
});

function machine(
  { provider, size, vcpu, memoryMiB, architecture }: ServerSize,
  list: PriceList,
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
    memoryMiB,
    architecture,
    month: (region, isFull) => (isFull ? months(region).full : months(region).bare),
  };
}
