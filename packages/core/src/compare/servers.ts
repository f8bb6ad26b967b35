import { awsEc2Sheet, meterAwsEc2 } from '../billing/aws-ec2.ts';
import { azureVmSheet, meterAzureVm } from '../billing/azure-vm.ts';
import { googleGceSheet, meterGoogleGce } from '../billing/google-gce.ts';
import type { Metered } from '../billing/metered.ts';
import type { PriceSheet } from '../pricing/price-sheet.ts';
import type { ProviderId } from './comparison.ts';

/** A virtual machine that is always on. */
export interface Server {
  readonly id: string;
  readonly provider: ProviderId;
  readonly sheet: PriceSheet;
  readonly memoryMiB: number;
  /** What a month of it uses, in a region that the sheet has. */
  readonly month: (region: string) => readonly Metered[];
}

/** A month as the providers reckon it: 8,760 hours a year. */
const hours = 730;

/** Every server that a workload is compared with. */
export const servers: readonly Server[] = [
  ...(
    [
      ['t3.small', 2048],
      ['t3.large', 8192],
    ] as const
  ).map(([size, memoryMiB]): Server => ({
    id: `aws-ec2-${size}`,
    provider: 'aws',
    sheet: awsEc2Sheet,
    memoryMiB,
    month: (region) => meterAwsEc2({ size, hours }, region),
  })),
  ...(
    [
      ['e2-small', 2048],
      ['e2-standard-2', 8192],
    ] as const
  ).map(([size, memoryMiB]): Server => ({
    id: `google-gce-${size}`,
    provider: 'google',
    sheet: googleGceSheet,
    memoryMiB,
    month: (region) => meterGoogleGce({ size, hours }, region),
  })),
  ...(
    [
      ['B1ms', 2048],
      ['B2ms', 8192],
    ] as const
  ).map(([size, memoryMiB]): Server => ({
    id: `azure-vm-${size}`,
    provider: 'azure',
    sheet: azureVmSheet,
    memoryMiB,
    month: (region) => meterAzureVm({ size, hours }, region),
  })),
];
