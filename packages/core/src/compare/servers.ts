import { awsEc2Sheet, meterAwsEc2 } from '../billing/aws-ec2.ts';
import { azureVmSheet, meterAzureVm } from '../billing/azure-vm.ts';
import { googleGceSheet, meterGoogleGce } from '../billing/google-gce.ts';
import type { Metered } from '../billing/metered.ts';
import type { PriceSheet } from '../pricing/price-sheet.ts';
import type { ProviderId } from './comparison.ts';
import { monthHours as hours, onceARegion } from './curve.ts';
import type { Workload } from './workload.ts';

/** What a machine has. */
interface Machine {
  readonly memoryMiB: number;
  /** A shared or burstable one counts as a whole. */
  readonly vcpu: number;
}

/** A virtual machine that is always on. */
export interface Server extends Machine {
  readonly id: string;
  readonly provider: ProviderId;
  readonly sheet: PriceSheet;
  /** What one of them uses in a month, in a region that the sheet has. */
  readonly month: (region: string) => readonly Metered[];
}

/**
 * How many requests a machine carries at the same time: it holds as many instances of the function as its memory,
 * and one on each vCPU, since a request is taken to be at work for all of its duration.
 */
export function carriedBy(machine: Machine, workload: Workload): number {
  const held = Math.floor(machine.memoryMiB / workload.memoryMiB);
  return Math.min(held, machine.vcpu) * workload.concurrencyPerInstance;
}

/** Every server that a workload is compared with. */
export const servers: readonly Server[] = [
  {
    id: 'aws-ec2-t3.small',
    provider: 'aws',
    sheet: awsEc2Sheet,
    memoryMiB: 2048,
    vcpu: 2,
    month: onceARegion((region) => meterAwsEc2({ size: 't3.small', hours }, region)),
  },
  {
    id: 'aws-ec2-t3.large',
    provider: 'aws',
    sheet: awsEc2Sheet,
    memoryMiB: 8192,
    vcpu: 2,
    month: onceARegion((region) => meterAwsEc2({ size: 't3.large', hours }, region)),
  },
  {
    id: 'google-gce-e2-small',
    provider: 'google',
    sheet: googleGceSheet,
    memoryMiB: 2048,
    vcpu: 2,
    month: onceARegion((region) => meterGoogleGce({ size: 'e2-small', hours }, region)),
  },
  {
    id: 'google-gce-e2-standard-2',
    provider: 'google',
    sheet: googleGceSheet,
    memoryMiB: 8192,
    vcpu: 2,
    month: onceARegion((region) => meterGoogleGce({ size: 'e2-standard-2', hours }, region)),
  },
  {
    id: 'azure-vm-B1ms',
    provider: 'azure',
    sheet: azureVmSheet,
    memoryMiB: 2048,
    vcpu: 1,
    month: onceARegion((region) => meterAzureVm({ size: 'B1ms', hours }, region)),
  },
  {
    id: 'azure-vm-B2ms',
    provider: 'azure',
    sheet: azureVmSheet,
    memoryMiB: 8192,
    vcpu: 2,
    month: onceARegion((region) => meterAzureVm({ size: 'B2ms', hours }, region)),
  },
];
