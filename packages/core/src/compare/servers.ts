import { awsEc2Sheet, meterAwsEc2 } from '../billing/aws-ec2.ts';
import { azureVmSheet, meterAzureVm } from '../billing/azure-vm.ts';
import { billOf, type Billed } from '../billing/bill.ts';
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
  /** The bill of a month, in a region that the sheet has. */
  readonly month: (region: string) => Billed;
}

/** A month as the providers reckon it: 8,760 hours a year. */
const hours = 730;

/** Every server that a workload is compared with. */
export const servers: readonly Server[] = [
  {
    id: 'aws-ec2-t3.small',
    provider: 'aws',
    sheet: awsEc2Sheet,
    memoryMiB: 2048,
    month: monthly(awsEc2Sheet, (region) => meterAwsEc2({ size: 't3.small', hours }, region)),
  },
  {
    id: 'aws-ec2-t3.large',
    provider: 'aws',
    sheet: awsEc2Sheet,
    memoryMiB: 8192,
    month: monthly(awsEc2Sheet, (region) => meterAwsEc2({ size: 't3.large', hours }, region)),
  },
  {
    id: 'google-gce-e2-small',
    provider: 'google',
    sheet: googleGceSheet,
    memoryMiB: 2048,
    month: monthly(googleGceSheet, (region) => meterGoogleGce({ size: 'e2-small', hours }, region)),
  },
  {
    id: 'google-gce-e2-standard-2',
    provider: 'google',
    sheet: googleGceSheet,
    memoryMiB: 8192,
    month: monthly(googleGceSheet, (region) =>
      meterGoogleGce({ size: 'e2-standard-2', hours }, region),
    ),
  },
  {
    id: 'azure-vm-B1ms',
    provider: 'azure',
    sheet: azureVmSheet,
    memoryMiB: 2048,
    month: monthly(azureVmSheet, (region) => meterAzureVm({ size: 'B1ms', hours }, region)),
  },
  {
    id: 'azure-vm-B2ms',
    provider: 'azure',
    sheet: azureVmSheet,
    memoryMiB: 8192,
    month: monthly(azureVmSheet, (region) => meterAzureVm({ size: 'B2ms', hours }, region)),
  },
];

/** A month of a server is the same in every comparison, so it is billed once a region. */
function monthly(
  sheet: PriceSheet,
  meter: (region: string) => readonly Metered[],
): Server['month'] {
  const known = new Map<string, Billed>();
  return (region) => {
    const month = known.get(region) ?? billOf(meter(region), { count: 1n, freeTier: true, sheet });
    known.set(region, month);
    return month;
  };
}
