import type { Workload } from '../workload.ts';
import { inFlight, less, over, plus, written, type Fraction } from './oracle.ts';

type Hourly = readonly (number | null)[];

/** us-central1 with us-east1 and us-west1, asia-southeast1, asia-southeast2, europe-west1. */
const googleAreas: Readonly<Record<string, number>> = {
  'us-central1': 0,
  'us-east1': 0,
  'us-west1': 0,
  'asia-southeast1': 1,
  'asia-southeast2': 2,
  'europe-west1': 3,
};

/** Id, vCPU, MiB, dollars an hour by area, what a month is of 730 such hours where not 1. */
const sizes: readonly (readonly [string, number, number, Hourly, number?])[] = [
  ['aws-ec2-t2.micro', 1, 1024, [0.0116]],
  ['aws-ec2-t2.medium', 2, 4096, [0.0464]],
  ['aws-ec2-t3.nano', 2, 512, [0.0052]],
  ['aws-ec2-t3.micro', 2, 1024, [0.0104]],
  ['aws-ec2-t3.small', 2, 2048, [0.0208]],
  ['aws-ec2-t3.medium', 2, 4096, [0.0416]],
  ['aws-ec2-t3.large', 2, 8192, [0.0832]],
  ['aws-ec2-t3.xlarge', 4, 16_384, [null]],
  ['aws-ec2-t3a.large', 2, 8192, [0.0816]],
  ['aws-ec2-t4g.nano', 2, 512, [0.0042]],
  ['aws-ec2-t4g.micro', 2, 1024, [0.0084]],
  ['aws-ec2-t4g.small', 2, 2048, [0.0168]],
  ['aws-ec2-t4g.medium', 2, 4096, [0.0336]],
  ['aws-ec2-m5.large', 2, 8192, [0.096]],
  ['aws-ec2-m7g.xlarge', 4, 16_384, [0.1632]],
  ['google-gce-e2-micro', 2, 1024, [0.0083764275, 0.0103332675, 0.0112632608, 0.0092144325]],
  ['google-gce-e2-small', 2, 2048, [0.016752855, 0.020666535, 0.0225265215, 0.018428865]],
  ['google-gce-e2-medium', 2, 4096, [0.03350571, 0.04133307, 0.045053043, 0.03685773]],
  ['google-gce-e2-standard-2', 2, 8192, [0.06701142, 0.08266614, 0.090106086, 0.07371546]],
  ['google-gce-e2-standard-4', 4, 16_384, [0.13402284, 0.16533228, 0.180212172, 0.14743092]],
  ['google-gce-n1-standard-1', 1, 3840, [0.04749975, 0.0585965, 0.063870185, 0.05225175], 0.7],
  ['google-gce-n2-standard-2', 2, 8192, [0.097118, 0.119806, 0.13058854, 0.106834], 0.8002],
  ['google-gce-t2d-standard-1', 1, 4096, [0.042246, 0.052117, 0.05680753, 0.046473]],
  ['google-gce-n4-standard-2', 2, 8192, [0.0907, 0.111896584, 0.121964284, 0.099869772]],
  ['google-gce-c4a-standard-1', 1, 4096, [0.0449, 0.05539314, null, 0.04943939]],
  ['google-gce-f1-micro', 1, 614, [0.0076, 0.0092, 0.010028, 0.0086], 0.7],
  ['google-gce-g1-small', 1, 1740, [0.0257, 0.0311, 0.033899, 0.0285], 0.7],
  ['azure-vm-B1ls', 1, 512, [0.0052]],
  ['azure-vm-B1s', 1, 1024, [0.0104]],
  ['azure-vm-B1ms', 1, 2048, [0.0207]],
  ['azure-vm-B2s', 2, 4096, [0.0416]],
  ['azure-vm-B2ms', 2, 8192, [0.0832]],
  ['azure-vm-B2ts_v2', 2, 1024, [0.0104]],
  ['azure-vm-B2ats_v2', 2, 1024, [0.0094]],
  ['azure-vm-D2s_v3', 2, 8192, [0.096]],
  ['azure-vm-D2s_v5', 2, 8192, [0.096]],
  ['azure-vm-D2as_v5', 2, 8192, [0.086]],
  ['azure-vm-D2_v2', 2, 7168, [0.146]],
  ['azure-vm-A2_v2', 2, 4096, [0.091]],
  ['azure-vm-F2', 2, 4096, [0.099]],
];

/** 32 GB of gp3, of balanced disk by area, an E4; each with an address for 730 hours at 0.005. */
const diskAndAddress: Readonly<Record<string, readonly number[]>> = {
  aws: [2.56 + 3.65],
  google: [3.2 + 3.65, 3.52 + 3.65, 4.16 + 3.65, 3.2 + 3.65],
  azure: [2.4 + 3.65],
};

/** The exact month of each size of server that carries the workload and has a price, in picodollars; without egress. */
export function exactServerTotals(workload: Workload): Readonly<Record<string, Fraction>> {
  return Object.fromEntries(
    sizes.flatMap(([id, vcpu, mib, hourly, share = 1]) => {
      const provider = id.split('-')[0] ?? '';
      const area = provider === 'google' ? (googleAreas[workload.region.google] ?? 9) : 0;
      const price = hourly[area] ?? null;
      const isArm = /t4g|m7g|c4a/.test(id);
      if (price === null || mib < workload.memoryMiB) return [];
      if (isArm && workload.architecture !== 'arm64') return [];
      const count = machines(workload, mib, vcpu);
      const isFree = id === 'google-gce-e2-micro' && area === 0 && workload.freeTier;
      const month = times(written(price), written(share), 730n);
      const paid = less(times(month, over(count, 1n)), isFree ? month : over(0n, 1n));
      const besides = written(Number((diskAndAddress[provider]?.[area] ?? 0).toFixed(2)));
      const total = workload.diskAndAddress ? plus(paid, times(besides, over(count, 1n))) : paid;
      return [[id, times(total, over(10n ** 12n, 1n))]];
    }),
  );
}

function times(a: Fraction, b: Fraction, hours = 1n): Fraction {
  return over(a.top * b.top * hours, a.bottom * b.bottom);
}

function machines(workload: Workload, mib: number, vcpu: number): bigint {
  const { top, bottom } = inFlight(workload, BigInt(workload.requestsPerMonth));
  const instances = Math.min(vcpu, Math.floor(mib / workload.memoryMiB));
  const carries = bottom * BigInt(instances * workload.concurrencyPerInstance);
  const needed = (top + carries - 1n) / carries;
  return needed > 1n ? needed : 1n;
}
