import { instanceMs } from '../../billing/instance-time.ts';
import type { Workload } from '../workload.ts';
import {
  ceiling,
  divided,
  floor,
  isLess,
  least,
  less,
  nearest,
  over,
  sum,
  times,
  written,
  type Fraction,
} from './fraction.ts';

/** Regions whose prices are typed here a second time. */
export const knownRegions = {
  aws: ['us-east-1'],
  google: ['us-central1', 'asia-southeast1', 'europe-west1'],
  azure: ['eastus'],
} as const;

/**
 * What the rules of the providers say, written a second time and in another way: one formula a plan, prices as whole
 * picodollars typed from the pages again, every amount a fraction. Instance time alone is the model's where instances
 * are shared or have a minimum. For tests only.
 *
 * The exact bill of each plan that can serve so many requests of the workload, in picodollars; without egress and gateway.
 */
export function exactPlanTotals(
  workload: Workload,
  requestsPerMonth: number,
): Readonly<Record<string, Fraction>> {
  const asked: Asked = {
    ...workload,
    workload,
    requests: BigInt(requestsPerMonth),
    number: requestsPerMonth,
    free: workload.freeTier ? 1n : 0n,
    isTier2: workload.region.google === 'asia-southeast1',
  };
  const totals = Object.entries(formulas).map(([id, formula]) => [id, formula(asked)]);
  return Object.fromEntries(totals.filter(([, total]) => total !== null));
}

interface Asked extends Workload {
  readonly workload: Workload;
  readonly requests: bigint;
  readonly number: number;
  /** 1 where free tiers are deducted, else 0. */
  readonly free: bigint;
  readonly isTier2: boolean;
}

type Formula = (asked: Asked) => Fraction | null;

const formulas: Readonly<Record<string, Formula>> = {
  'aws-lambda': lambda,
  'aws-lambda-provisioned-concurrency': lambdaProvisioned,
  'google-cloud-run': cloudRun,
  'google-cloud-run-instance-based': cloudRunInstances,
  'google-cloud-functions-1st-gen': firstGeneration,
  'azure-functions-flex': flex,
  'azure-functions-flex-always-ready': flexAlwaysReady,
  'azure-functions-consumption': consumption,
  'azure-functions-premium-EP1': premium(1n),
  'azure-functions-premium-EP2': premium(2n),
  'azure-functions-premium-EP3': premium(4n),
};

const monthSeconds = 2_628_000n;

function lambdaMiB({ memoryMiB, vcpu, durationMs, responseKiB }: Asked): bigint | null {
  const forVcpu = Math.ceil(Number(((vcpu ?? 0) * 1769).toPrecision(15)));
  const mib = Math.max(128, memoryMiB, forVcpu);
  const isTooLong = durationMs > 900_000 || responseKiB * 1024 > 6_291_556;
  return mib > 10_240 || isTooLong ? null : BigInt(mib);
}

function lambda(asked: Asked): Fraction | null {
  const { requests, durationMs, architecture, free, coldStarts, initMs } = asked;
  const mib = lambdaMiB(asked);
  if (mib === null) return null;
  const warm = ceiling(written(durationMs));
  const cold = ceiling(sum(written(durationMs), written(initMs)));
  const ms = sum(over(requests * warm), times(written(coldStarts), requests * (cold - warm)));
  const billion = 1_000_000_000n;
  const steps: [bigint, bigint][] =
    architecture === 'arm64'
      ? [
          [7_500_000_000n, 13_333_400n],
          [11_250_000_000n, 12_000_100n],
          [0n, 10_666_700n],
        ]
      : [
          [6n * billion, 16_666_700n],
          [9n * billion, 15_000_000n],
          [0n, 13_333_400n],
        ];
  let rest = less(times(ms, over(mib, 1_024_000n)), over(400_000n * free));
  let compute = over(0n);
  for (const [size, price] of steps) {
    const here = size === 0n ? rest : least(rest, over(size));
    compute = sum(compute, times(here, price));
    rest = less(rest, here);
  }
  return sum(compute, times(less(over(requests), over(1_000_000n * free)), 200_000n));
}

function lambdaProvisioned(asked: Asked): Fraction | null {
  const { requests, durationMs, architecture } = asked;
  const mib = lambdaMiB(asked);
  if (mib === null) return null;
  const [ready, active] =
    architecture === 'arm64' ? [3_333_400n, 7_777_800n] : [4_166_700n, 9_722_200n];
  return sum(
    over(provisioned(asked, 1n) * monthSeconds * mib * ready, 1024n),
    over(requests * ceiling(written(durationMs)) * mib * active, 1_024_000n),
    over(requests * 200_000n),
  );
}

/** MiB, thousandths of a vCPU, and requests at once of a Cloud Run instance. */
function cloudRunInstance(asked: Asked, leastCpu: number): [bigint, bigint, bigint] | null {
  const { durationMs, responseKiB, concurrencyPerInstance } = asked;
  if (durationMs > 3_600_000 || responseKiB > 32_768) return null;
  const mib = Math.max(128, asked.memoryMiB);
  const usual = [
    [128, 0.083],
    [256, 0.167],
    [512, 0.333],
    [1024, 0.583],
    [2048, 1],
    [4096, 2],
    [8192, 2],
    [16_384, 4],
    [32_768, 8],
  ].find(([size = 0]) => size >= mib);
  const wanted = Math.max(asked.vcpu ?? usual?.[1] ?? 0, leastCpu);
  const milli = [1000, 2000, 4000, 6000, 8000].find((each) => each >= wanted * 1000);
  if (milli === undefined) return null;
  const thousandths = wanted < 1 ? Number(ceiling(times(written(wanted), 1000n))) : milli;
  const fits = (
    [
      [80, 128, 512],
      [500, 128, 1024],
      [1000, 128, 4096],
      [2000, 128, 8192],
      [4000, 2048, 16_384],
      [6000, 4096, 24_576],
      [8000, 4096, 32_768],
    ] as const
  ).findLast(([from]) => from <= thousandths);
  if (fits === undefined || mib < fits[1] || mib > fits[2]) return null;
  const room = roomOf(asked, over(BigInt(thousandths), 1000n), BigInt(concurrencyPerInstance));
  return [BigInt(mib), BigInt(thousandths), room];
}

function cloudRun(asked: Asked): Fraction | null {
  const { requests, durationMs, coldStarts, initMs, free, isTier2 } = asked;
  const instance = cloudRunInstance(asked, asked.concurrencyPerInstance > 1 ? 1 : 0);
  if (instance === null) return null;
  const [mib, milliCpu, room] = instance;
  const warm = hundreds(written(durationMs));
  const cold = hundreds(sum(written(durationMs), written(initMs)));
  const added = times(written(coldStarts), requests * (cold - warm));
  const ms = room === 1n ? over(requests * warm) : modelled(asked, room, 0);
  const seconds = times(sum(ms, added), over(1n, 1000n));
  const [cpuPrice, memoryPrice] = isTier2 ? [33_600_000n, 3_500_000n] : [24_000_000n, 2_500_000n];
  // The allowance is money off: what it would have cost in us-central1.
  return sum(
    less(times(seconds, over(milliCpu * cpuPrice, 1000n)), over(180_000n * 24_000_000n * free)),
    less(times(seconds, over(mib * memoryPrice, 1024n)), over(360_000n * 2_500_000n * free)),
    times(less(over(requests), over(2_000_000n * free)), 400_000n),
  );
}

function cloudRunInstances(asked: Asked): Fraction | null {
  const instance = cloudRunInstance(asked, 1);
  if (instance === null) return null;
  const [mib, milliCpu, room] = instance;
  const { free, isTier2 } = asked;
  const [cpuPrice, memoryPrice] = isTier2 ? [21_600_000n, 2_400_000n] : [18_000_000n, 2_000_000n];
  const seconds = provisioned(asked, room) * monthSeconds;
  return sum(
    less(over(seconds * milliCpu * cpuPrice, 1000n), over(240_000n * 18_000_000n * free)),
    less(over(seconds * mib * memoryPrice, 1024n), over(450_000n * 2_000_000n * free)),
  );
}

function firstGeneration(asked: Asked): Fraction | null {
  const { requests, memoryMiB, vcpu, durationMs, responseKiB, free, isTier2 } = asked;
  const size = [
    [128, 0.083, 2],
    [256, 0.167, 4],
    [512, 0.333, 8],
    [1024, 0.583, 14],
    [2048, 1, 24],
    [4096, 2, 48],
    [8192, 2, 48],
  ].find(([mib = 0, cpu = 0]) => mib >= memoryMiB && cpu >= (vcpu ?? 0));
  if (size === undefined || durationMs > 540_000 || responseKiB > 10_240) return null;
  const [mib = 0n, , tenthsOfGhz = 0n] = size.map((each) => BigInt(Math.floor(each)));
  const [cpuPrice, memoryPrice] = isTier2 ? [14_000_000n, 3_500_000n] : [10_000_000n, 2_500_000n];
  const billed = hundreds(written(durationMs));
  return sum(
    less(
      over(requests * billed * tenthsOfGhz * cpuPrice, 10_000n),
      over(200_000n * 10_000_000n * free),
    ),
    less(
      over(requests * billed * mib * memoryPrice, 1_024_000n),
      over(400_000n * 2_500_000n * free),
    ),
    times(less(over(requests), over(2_000_000n * free)), 400_000n),
  );
}

/** MiB and requests at once of a Flex instance. */
function flexInstance(asked: Asked): [bigint, bigint] | null {
  const { memoryMiB, vcpu, concurrencyPerInstance } = asked;
  const size = [
    [512, 0.25],
    [2048, 1],
    [4096, 2],
  ].find(([mib = 0, cpu = 0]) => mib >= memoryMiB && cpu >= (vcpu ?? 0));
  if (size === undefined) return null;
  const [mib = 0, cpu = 0] = size;
  return [BigInt(mib), roomOf(asked, written(cpu), BigInt(concurrencyPerInstance))];
}

function flex(asked: Asked): Fraction | null {
  const instance = flexInstance(asked);
  if (instance === null) return null;
  const [mib, room] = instance;
  const { requests, free } = asked;
  const gbSeconds = times(modelled(asked, room, 1000), over(mib, 1_024_000n));
  return sum(
    times(less(gbSeconds, over(100_000n * free)), 26_000_000n),
    times(less(over(requests), over(250_000n * free)), 400_000n),
  );
}

function flexAlwaysReady(asked: Asked): Fraction | null {
  const instance = flexInstance(asked);
  if (instance === null) return null;
  const [mib, room] = instance;
  if (provisioned(asked, room) > 1000n) return null;
  return sum(
    over(provisioned(asked, room) * monthSeconds * mib * 4_000_000n, 1024n),
    times(modelled(asked, room, 1000), over(mib * 16_000_000n, 1_024_000n)),
    over(asked.requests * 400_000n),
  );
}

function consumption({ requests, memoryMiB, vcpu, durationMs, free }: Asked): Fraction | null {
  if (memoryMiB > 1536 || durationMs > 600_000 || (vcpu ?? 0) > 1) return null;
  const observed = BigInt(Math.ceil(memoryMiB / 128) * 128);
  const whole = ceiling(written(durationMs));
  const billed = whole < 100n ? 100n : whole;
  return sum(
    times(less(over(requests * billed * observed, 1_024_000n), over(400_000n * free)), 16_000_000n),
    times(less(over(requests), over(1_000_000n * free)), 200_000n),
  );
}

function premium(vcpus: bigint): Formula {
  return (asked) => {
    const { memoryMiB, concurrencyPerInstance } = asked;
    const vcpu = written(asked.vcpu ?? 1);
    const [byMemory, byCpu] = [
      (vcpus * 3584n) / BigInt(memoryMiB),
      floor(divided(over(vcpus), vcpu)),
    ];
    const fits = byMemory < byCpu ? byMemory : byCpu;
    if (fits === 0n) return null;
    const room = roomOf(asked, over(vcpus), fits * BigInt(concurrencyPerInstance));
    if (provisioned(asked, room) > 100n) return null;
    const month = 730n * vcpus * (2n * 173_000_000_000n + 7n * 12_300_000_000n);
    return over(provisioned(asked, room) * month, 2n);
  };
}

/** Requests at once in an instance, and no more than its vCPUs keep up with, but one. */
function roomOf({ cpuPerRequest }: Asked, vcpu: Fraction, concurrency: bigint): bigint {
  if (cpuPerRequest === null) return concurrency;
  const room = floor(divided(vcpu, written(cpuPerRequest)));
  if (room >= concurrency) return concurrency;
  return room < 1n ? 1n : room;
}

function hundreds(ms: Fraction): bigint {
  return ceiling(times(ms, over(1n, 100n))) * 100n;
}

/** Instance milliseconds of the month as the model has them. */
function modelled({ workload, number }: Asked, room: bigint, minimumMs: number): Fraction {
  const { durationMs, arrivals, peakToAverage } = workload;
  const traffic = {
    requests: number,
    durationMs,
    concurrency: Number(room),
    arrivals,
    peakToAverage,
  };
  const { numerator, denominator } = instanceMs(traffic, { stepMs: 100, minimumMs });
  return over(numerator, denominator);
}

/** Requests in flight on average while traffic is on. */
export function inFlight(
  { durationMs, peakToAverage }: Workload,
  requestsPerMonth: number | bigint,
): Fraction {
  const ms = times(written(durationMs), written(peakToAverage), BigInt(requestsPerMonth));
  return times(ms, over(1n, monthSeconds * 1000n));
}

/** Instances of so much room that leave below 1 % of requests at the peak without one. */
function provisioned(asked: Asked, room: bigint): bigint {
  const peak = inFlight(asked, asked.requests);
  const slots = asked.arrivals === 'even' ? ceiling(peak) : BigInt(slotsFor(nearest(peak)));
  const instances = ceiling(over(slots, room));
  return instances < 1n ? 1n : instances;
}

/** Above this in flight, counting slot by slot takes too long for a test. */
const mostCounted = 20_000;

/** Fewest slots at which Erlang's loss is below 1 %, by adding one after the other. */
function slotsFor(offered: number): number {
  if (offered > mostCounted) throw new RangeError('too many to count');
  let loss = 1;
  let slots = 0;
  while (loss >= 0.01) {
    slots += 1;
    loss = (offered * loss) / (slots + offered * loss);
  }
  return slots;
}

/** Whether every amount of the oracle can be worked out, and no count hangs on the last digit of a number. */
export function isCountable(workload: Workload): boolean {
  const peak = inFlight(workload, workload.requestsPerMonth);
  if (workload.arrivals === 'random') return isLess(peak, over(BigInt(mostCounted)));
  const above = nearest(times(less(peak, over(floor(peak))), 10n ** 12n));
  const error = Math.max(1, nearest(peak));
  return peak.top % peak.bottom === 0n || (above > error && above < 1e12 - error);
}
