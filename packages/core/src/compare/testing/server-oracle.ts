import type { Workload } from '../workload.ts';
import {
  ceiling,
  divided,
  floor,
  isLess,
  least,
  less,
  over,
  sum,
  times,
  written,
  type Fraction,
} from './fraction.ts';
import { inFlight, knownRegions } from './oracle.ts';

/**
 * Id with `-1y` where committed to, vCPU, MiB, sustained share of a vCPU, dollars an hour in each known region: EC2 and
 * Google from copies of their price lists, Azure from the Retail Prices API, as in the price lists' sources.
 */
const sizes = [
  'aws-ec2-t2.nano 1 512 0.05 0.0058',
  'aws-ec2-t2.micro 1 1024 0.1 0.0116',
  'aws-ec2-t2.small 1 2048 0.2 0.023',
  'aws-ec2-t2.small-1y 1 2048 0.2 0.0144',
  'aws-ec2-t2.medium 2 4096 0.2 0.0464',
  'aws-ec2-t2.medium-1y 2 4096 0.2 0.0287',
  'aws-ec2-t2.large 2 8192 0.3 0.0928',
  'aws-ec2-t2.large-1y 2 8192 0.3 0.0575',
  'aws-ec2-t2.xlarge 4 16384 0.225 0.1856',
  'aws-ec2-t2.2xlarge 8 32768 0.17 0.3712',
  'aws-ec2-t3.nano 2 512 0.05 0.0052',
  'aws-ec2-t3.nano-1y 2 512 0.05 0.0033',
  'aws-ec2-t3.micro 2 1024 0.1 0.0104',
  'aws-ec2-t3.micro-1y 2 1024 0.1 0.0065',
  'aws-ec2-t3.small 2 2048 0.2 0.0208',
  'aws-ec2-t3.small-1y 2 2048 0.2 0.013',
  'aws-ec2-t3.medium 2 4096 0.2 0.0416',
  'aws-ec2-t3.medium-1y 2 4096 0.2 0.0261',
  'aws-ec2-t3.large 2 8192 0.3 0.0832',
  'aws-ec2-t3.large-1y 2 8192 0.3 0.0522',
  'aws-ec2-t3.xlarge 4 16384 0.4 0.1664',
  'aws-ec2-t3.xlarge-1y 4 16384 0.4 0.1043',
  'aws-ec2-t3.2xlarge 8 32768 0.4 0.3328',
  'aws-ec2-t3.2xlarge-1y 8 32768 0.4 0.2086',
  'aws-ec2-t3a.nano 2 512 0.05 0.0047',
  'aws-ec2-t3a.nano-1y 2 512 0.05 0.0029',
  'aws-ec2-t3a.micro 2 1024 0.1 0.0094',
  'aws-ec2-t3a.micro-1y 2 1024 0.1 0.0059',
  'aws-ec2-t3a.small 2 2048 0.2 0.0188',
  'aws-ec2-t3a.small-1y 2 2048 0.2 0.0118',
  'aws-ec2-t3a.medium 2 4096 0.2 0.0376',
  'aws-ec2-t3a.medium-1y 2 4096 0.2 0.0236',
  'aws-ec2-t3a.large 2 8192 0.3 0.0752',
  'aws-ec2-t3a.large-1y 2 8192 0.3 0.0471',
  'aws-ec2-t3a.xlarge 4 16384 0.4 0.1504',
  'aws-ec2-t3a.xlarge-1y 4 16384 0.4 0.0943',
  'aws-ec2-t3a.2xlarge 8 32768 0.4 0.3008',
  'aws-ec2-t3a.2xlarge-1y 8 32768 0.4 0.1886',
  'aws-ec2-t4g.nano 2 512 0.05 0.0042',
  'aws-ec2-t4g.micro 2 1024 0.1 0.0084',
  'aws-ec2-t4g.small 2 2048 0.2 0.0168',
  'aws-ec2-t4g.medium 2 4096 0.2 0.0336',
  'aws-ec2-t4g.large 2 8192 0.3 0.0672',
  'aws-ec2-t4g.xlarge 4 16384 0.4 0.1344',
  'aws-ec2-t4g.2xlarge 8 32768 0.4 0.2688',
  'aws-ec2-c5.large 2 4096 1 0.085',
  'aws-ec2-c5.large-1y 2 4096 1 0.054',
  'aws-ec2-c5.xlarge 4 8192 1 0.17',
  'aws-ec2-c5.xlarge-1y 4 8192 1 0.107',
  'aws-ec2-c6i.large 2 4096 1 0.085',
  'aws-ec2-c6i.xlarge 4 8192 1 0.17',
  'aws-ec2-c7i.large 2 4096 1 0.08925',
  'aws-ec2-c7i.xlarge 4 8192 1 0.1785',
  'aws-ec2-m5.large 2 8192 1 0.096',
  'aws-ec2-m5.large-1y 2 8192 1 0.061',
  'aws-ec2-m5.xlarge 4 16384 1 0.192',
  'aws-ec2-m5a.large 2 8192 1 0.086',
  'aws-ec2-m5a.large-1y 2 8192 1 0.055',
  'aws-ec2-m5a.xlarge 4 16384 1 0.172',
  'aws-ec2-m6a.large 2 8192 1 0.0864',
  'aws-ec2-m6a.xlarge 4 16384 1 0.1728',
  'aws-ec2-m6i.large 2 8192 1 0.096',
  'aws-ec2-m6i.xlarge 4 16384 1 0.192',
  'aws-ec2-m7a.large 2 8192 1 0.11592',
  'aws-ec2-m7a.medium 1 4096 1 0.05796',
  'aws-ec2-m7a.xlarge 4 16384 1 0.23184',
  'aws-ec2-m7i.large 2 8192 1 0.1008',
  'aws-ec2-m7i.xlarge 4 16384 1 0.2016',
  'aws-ec2-r5.large 2 16384 1 0.126',
  'aws-ec2-r5.xlarge 4 32768 1 0.252',
  'aws-ec2-c6g.medium 1 2048 1 0.034',
  'aws-ec2-c6g.large 2 4096 1 0.068',
  'aws-ec2-c6g.xlarge 4 8192 1 0.136',
  'aws-ec2-c7g.medium 1 2048 1 0.0363',
  'aws-ec2-c7g.large 2 4096 1 0.0725',
  'aws-ec2-c7g.xlarge 4 8192 1 0.145',
  'aws-ec2-m6g.medium 1 4096 1 0.0385',
  'aws-ec2-m6g.large 2 8192 1 0.077',
  'aws-ec2-m6g.xlarge 4 16384 1 0.154',
  'aws-ec2-m7g.medium 1 4096 1 0.0408',
  'aws-ec2-m7g.large 2 8192 1 0.0816',
  'aws-ec2-m7g.xlarge 4 16384 1 0.1632',
  'aws-ec2-m8g.medium 1 4096 1 0.04488',
  'aws-ec2-m8g.large 2 8192 1 0.08976',
  'aws-ec2-m8g.xlarge 4 16384 1 0.17952',
  'aws-ec2-r6g.medium 1 8192 1 0.0504',
  'aws-ec2-r6g.large 2 16384 1 0.1008',
  'aws-ec2-r6g.xlarge 4 32768 1 0.2016',
  'aws-ec2-r7g.medium 1 8192 1 0.0536',
  'aws-ec2-r7g.large 2 16384 1 0.1071',
  'aws-ec2-r7g.xlarge 4 32768 1 0.2142',
  'google-gce-e2-micro 2 1024 0.125 0.0083764275 0.0103332675 0.0092144325',
  'google-gce-e2-micro-1y 2 1024 0.125 0.00527714825 0.00650995825 0.00580509175',
  'google-gce-e2-small 2 2048 0.25 0.016752855 0.020666535 0.018428865',
  'google-gce-e2-small-1y 2 2048 0.25 0.0105542965 0.0130199165 0.0116101835',
  'google-gce-e2-medium 2 4096 0.5 0.03350571 0.04133307 0.03685773',
  'google-gce-e2-medium-1y 2 4096 0.5 0.021108593 0.026039833 0.023220367',
  'google-gce-f1-micro 1 614 0.2 0.0076 0.0092 0.0086',
  'google-gce-g1-small 1 1740 0.5 0.0257 0.0311 0.0285',
  'google-gce-e2-standard-2 2 8192 1 0.06701142 0.08266614 0.07371546',
  'google-gce-e2-standard-2-1y 2 8192 1 0.042217186 0.052079666 0.046440734',
  'google-gce-e2-standard-4 4 16384 1 0.13402284 0.16533228 0.14743092',
  'google-gce-e2-standard-4-1y 4 16384 1 0.084434372 0.104159332 0.092881468',
  'google-gce-n1-standard-1 1 3840 1 0.04749975 0.0585965 0.05225175',
  'google-gce-n1-standard-1-1y 1 3840 1 0.02992375 0.036912 0.032917',
  'google-gce-n2-standard-2 2 8192 1 0.097118 0.119806 0.106834',
  'google-gce-n2-standard-2-1y 2 8192 1 0.061182 0.07547 0.067302',
  'google-gce-n2d-standard-2 2 8192 1 0.084492 0.104234 0.092946',
  'google-gce-n2d-standard-2-1y 2 8192 1 0.053228 0.065658 0.05855',
  'google-gce-t2d-standard-1 1 4096 1 0.042246 0.052117 0.046473',
  'google-gce-n4-standard-2 2 8192 1 0.0907 0.111896584 0.099869772',
  'google-gce-c3-standard-4 4 16384 1 0.201608 0.2487238 0.22199056',
  'google-gce-t2a-standard-1 1 4096 1 0.0385 0.04748 -',
  'google-gce-c4a-standard-1 1 4096 1 0.0449 0.05539314 0.04943939',
  'azure-vm-B1ls 1 512 0.05 0.0052',
  'azure-vm-B1s 1 1024 0.1 0.0104',
  'azure-vm-B1ms 1 2048 0.2 0.0207',
  'azure-vm-B2s 2 4096 0.2 0.0416',
  'azure-vm-B2ms 2 8192 0.3 0.0832',
  'azure-vm-B4ms 4 16384 0.225 0.166',
  'azure-vm-B2ts_v2 2 1024 0.2 0.0104',
  'azure-vm-B2ls_v2 2 4096 0.3 0.0416',
  'azure-vm-B2s_v2 2 8192 0.4 0.0832',
  'azure-vm-B2ats_v2 2 1024 0.2 0.0094',
  'azure-vm-B2als_v2 2 4096 0.3 0.0376',
  'azure-vm-B2as_v2 2 8192 0.4 0.0752',
  'azure-vm-B2pts_v2 2 1024 0.2 0.0084',
  'azure-vm-B2pls_v2 2 4096 0.3 0.0336',
  'azure-vm-B2ps_v2 2 8192 0.4 0.0672',
  'azure-vm-A1_v2 1 2048 1 0.043',
  'azure-vm-A2_v2 2 4096 1 0.0903',
  'azure-vm-D1_v2 1 3584 1 0.073',
  'azure-vm-D2_v2 2 7168 1 0.146',
  'azure-vm-D2_v3 2 8192 1 0.096',
  'azure-vm-D2s_v3 2 8192 1 0.096',
  'azure-vm-D2as_v4 2 8192 1 0.096',
  'azure-vm-D2s_v4 2 8192 1 0.096',
  'azure-vm-D2as_v5 2 8192 1 0.086',
  'azure-vm-D2ls_v5 2 4096 1 0.085',
  'azure-vm-D2s_v5 2 8192 1 0.096',
  'azure-vm-D2s_v5-1y 2 8192 1 0.05662',
  'azure-vm-D4as_v5 4 16384 1 0.172',
  'azure-vm-D4s_v5 4 16384 1 0.192',
  'azure-vm-D2as_v6 2 8192 1 0.0908',
  'azure-vm-D2s_v6 2 8192 1 0.101',
  'azure-vm-E2s_v5 2 16384 1 0.126',
  'azure-vm-F2 2 4096 1 0.099',
  'azure-vm-F2s 2 4096 1 0.099',
  'azure-vm-F2s_v2 2 4096 1 0.0846',
  'azure-vm-D2pls_v5 2 4096 1 0.068',
  'azure-vm-D2ps_v5 2 8192 1 0.077',
  'azure-vm-D2ps_v6 2 8192 1 0.0702',
] as const;

/** 32 GB of gp3, of balanced disk by region, an E4; each with an address for 730 hours at 0.005. */
const diskAndAddress: Readonly<Record<string, readonly number[]>> = {
  'aws-ec2': [2.56 + 3.65],
  'google-gce': [3.2 + 3.65, 3.52 + 3.65, 3.2 + 3.65],
  'azure-vm': [2.4 + 3.65],
};

/** Share of the first quarter's price that a month of 730 hours comes to. */
const sustainedUse: Readonly<Record<string, number>> = {
  'google-gce-n1-standard-1': 0.7,
  'google-gce-n2-standard-2': 0.8002,
  'google-gce-f1-micro': 0.7,
  'google-gce-g1-small': 0.7,
};

/** A server size as it is typed above. */
interface TypedServer {
  readonly id: string;
  readonly vcpu: number;
  readonly memoryMiB: number;
  readonly isArm: boolean;
  readonly sustainedVcpu: Fraction;
  /** Dollars a month of a vCPU above it; `null` where the provider throttles. */
  readonly creditsUsd: Fraction | null;
  /** Dollars of a month, by region. */
  readonly monthUsd: readonly (Fraction | null)[];
  readonly extrasUsd: readonly Fraction[];
}

/** Every server size that the oracle knows, by id. */
const typedServers: ReadonlyMap<string, TypedServer> = new Map(
  sizes.map((row) => {
    const [id = '', vcpu = '', memoryMiB = '', share = '', ...hourly] = row.split(' ');
    const isArm = /-(t4g|[cmr]\dg\.|t2a|c4a|B2p|D2p)/.test(id);
    const month = times(written(sustainedUse[id] ?? 1), 730n);
    const attached = diskAndAddress[id.split('-').slice(0, 2).join('-')] ?? [];
    const server: TypedServer = {
      id,
      vcpu: Number(vcpu),
      memoryMiB: Number(memoryMiB),
      isArm,
      sustainedVcpu: times(written(share), BigInt(vcpu)),
      creditsUsd: /ec2-t(3|3a|4g)\./.test(id) ? times(written(isArm ? 0.04 : 0.05), 730n) : null,
      monthUsd: hourly.map((each) => (each === '-' ? null : times(written(each), month))),
      extrasUsd: attached.map((each) => written(Number(each.toFixed(2)))),
    };
    return [id, server];
  }),
);

/** What one server of a size carries, and what a month of so many costs. */
export interface ServerMonth {
  readonly id: string;
  /** Fewest servers that carry the workload. */
  readonly fewest: bigint;
  /** The exact bill of so many servers, in picodollars. */
  readonly billOf: (count: bigint) => Fraction;
  /** Cheapest sufficient number, by trying one after the other. */
  readonly cheapest: () => { readonly count: bigint; readonly total: Fraction };
}

/** Every size of server that carries the workload and has a price; without egress and load balancer. */
export function serverMonths(
  workload: Workload,
  requestsPerMonth = workload.requestsPerMonth,
): ReadonlyMap<string, ServerMonth> {
  const found = [...typedServers.values()].flatMap((server) => {
    const { id, memoryMiB, vcpu, isArm } = server;
    const regions = id.startsWith('google-') ? knownRegions.google : ['only'];
    const index = Math.max(
      0,
      regions.findIndex((each) => each === workload.region.google),
    );
    const month = server.monthUsd[index] ?? null;
    const busy = cpuOfOne(workload);
    const isSmall = memoryMiB - 256 < workload.memoryMiB || isLess(over(BigInt(vcpu)), busy);
    if (month === null || isSmall || (isArm && workload.architecture !== 'arm64')) return [];
    const fewest = fewestOf(server, workload, requestsPerMonth);
    const isFree =
      id === 'google-gce-e2-micro' && workload.region.google === 'us-central1' && workload.freeTier;
    const extras = workload.diskAndAddress ? (server.extrasUsd[index] ?? over(0n)) : over(0n);
    const used = times(inFlight({ ...workload, peakToAverage: 1 }, requestsPerMonth), busy);
    const billOf = (count: bigint) => {
      const paid = less(times(month, count), isFree ? month : over(0n));
      const above = less(used, times(server.sustainedVcpu, count));
      const credits = server.creditsUsd === null ? over(0n) : times(server.creditsUsd, above);
      return times(sum(paid, times(extras, count), credits), 10n ** 12n);
    };
    return [{ id, fewest, billOf, cheapest: () => cheapestOf(server, { used, fewest, billOf }) }];
  });
  return new Map(found.map((each) => [each.id, each]));
}

/** vCPU that a request keeps busy. */
function cpuOfOne({ cpuPerRequest, concurrencyPerInstance }: Workload): Fraction {
  return cpuPerRequest === null ? over(1n, BigInt(concurrencyPerInstance)) : written(cpuPerRequest);
}

function fewestOf(server: TypedServer, workload: Workload, requestsPerMonth: number): bigint {
  const held = BigInt(Math.floor((server.memoryMiB - 256) / workload.memoryMiB));
  const vcpu = server.creditsUsd === null ? server.sustainedVcpu : over(BigInt(server.vcpu));
  const capacity = least(
    over(held * BigInt(workload.concurrencyPerInstance)),
    divided(vcpu, cpuOfOne(workload)),
  );
  const needed = ceiling(divided(inFlight(workload, requestsPerMonth), capacity));
  return BigInt(workload.redundancy) * (needed < 1n ? 1n : needed);
}

interface Priced {
  readonly used: Fraction;
  readonly fewest: bigint;
  readonly billOf: (count: bigint) => Fraction;
}

/** Every number up to 300 above the fewest, and those around the one that pays no credits. */
function cheapestOf({ sustainedVcpu }: TypedServer, { used, fewest, billOf }: Priced) {
  const without = floor(divided(used, sustainedVcpu));
  const tried = [
    ...Array.from({ length: 300 }, (_each, index) => fewest + BigInt(index)),
    ...[-2n, -1n, 0n, 1n, 2n].map((each) => without + each),
  ].filter((count) => count >= fewest);
  return tried
    .map((count) => ({ count, total: billOf(count) }))
    .reduce((best, each) => (isLess(each.total, best.total) ? each : best));
}
