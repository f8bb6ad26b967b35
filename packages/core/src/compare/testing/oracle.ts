import type { Workload } from '../workload.ts';

/**
 * What the rules of the providers say, written a second time and in another way: one formula a plan,
 * prices as whole picodollars typed from the pages again, every amount a fraction. For tests only.
 */
export interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** The exact bill of each plan that can serve so many requests of the workload, in picodollars. */
export function exactPlanTotals(
  workload: Workload,
  requestsPerMonth: number,
): Readonly<Record<string, Fraction>> {
  const requests = BigInt(requestsPerMonth);
  const duration = BigInt(Math.ceil(workload.durationMs));
  const memory = BigInt(workload.memoryMiB);
  const shared = BigInt(workload.concurrencyPerInstance);
  const hundreds = ((duration + 99n) / 100n) * 100n;
  const free = workload.freeTier ? 1n : 0n;
  const totals: Record<string, Fraction> = {};

  if (memory <= 10_240n && duration <= 900_000n && workload.responseKiB * 1024 <= 6_291_556) {
    const gbSeconds = over(requests * duration * (memory < 128n ? 128n : memory), 1_024_000n);
    const billion = 1_000_000_000n;
    const steps: [bigint, bigint][] =
      workload.architecture === 'arm64'
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
    let rest = less(gbSeconds, over(400_000n * free, 1n));
    let compute = over(0n, 1n);
    for (const [size, price] of steps) {
      const here = size === 0n ? rest : least(rest, over(size, 1n));
      compute = plus(compute, times(here, price));
      rest = less(rest, here);
    }
    totals['aws-lambda'] = plus(
      compute,
      times(less(over(requests, 1n), over(1_000_000n * free, 1n)), 200_000n),
    );
  }

  if (duration <= 3_600_000n && workload.responseKiB <= 32_768) {
    const table: readonly (readonly [bigint, bigint])[] = [
      [128n, 83n],
      [256n, 167n],
      [512n, 333n],
      [1024n, 583n],
      [2048n, 1000n],
      [4096n, 2000n],
      [8192n, 2000n],
      [16_384n, 4000n],
      [32_768n, 8000n],
    ];
    const [mib, milliCpu] = table.find(([size]) => size >= memory) ?? [0n, 0n];
    const seconds = over(requests * hundreds, 1000n * (milliCpu < 1000n ? 1n : shared));
    const isDear = tier2.has(workload.region.google);
    const [cpuPrice, memoryPrice] = isDear ? [33_600_000n, 3_500_000n] : [24_000_000n, 2_500_000n];
    // The allowance is money off: what it would have cost in us-central1.
    const cpu = times(over(seconds.top * milliCpu, seconds.bottom * 1000n), cpuPrice);
    const ram = times(over(seconds.top * mib, seconds.bottom * 1024n), memoryPrice);
    totals['google-cloud-run'] = [
      less(cpu, over(180_000n * 24_000_000n * free, 1n)),
      less(ram, over(360_000n * 2_500_000n * free, 1n)),
      times(less(over(requests, 1n), over(2_000_000n * free, 1n)), 400_000n),
    ].reduce(plus);
  }

  if (memory <= 4096n) {
    const size = memory <= 512n ? 512n : memory <= 2048n ? 2048n : 4096n;
    const active = hundreds < 1000n ? 1000n : hundreds;
    totals['azure-functions-flex'] = plus(
      times(
        less(over(requests * active * size, 1_024_000n * shared), over(100_000n * free, 1n)),
        26_000_000n,
      ),
      times(less(over(requests, 1n), over(250_000n * free, 1n)), 400_000n),
    );
  }

  if (memory <= 1536n && duration <= 600_000n) {
    const observed = ((memory + 127n) / 128n) * 128n;
    const billed = duration < 100n ? 100n : duration;
    totals['azure-functions-consumption'] = plus(
      times(
        less(over(requests * billed * observed, 1_024_000n), over(400_000n * free, 1n)),
        16_000_000n,
      ),
      times(less(over(requests, 1n), over(1_000_000n * free, 1n)), 200_000n),
    );
  }

  // What is kept is enough for the busiest moment, and is at least one.
  const kept = (carries: bigint): bigint => {
    const { top, bottom } = inFlight(workload, requests);
    const needed = (top + bottom * carries - 1n) / (bottom * carries);
    return needed > 1n ? needed : 1n;
  };
  const month = 2_628_000n;
  if (totals['aws-lambda'] !== undefined) {
    const mib = memory < 128n ? 128n : memory;
    const [ready, active] =
      workload.architecture === 'arm64' ? [3_333_400n, 7_777_800n] : [4_166_700n, 9_722_200n];
    totals['aws-lambda-provisioned-concurrency'] = [
      over(kept(1n) * month * mib * ready, 1024n),
      over(requests * duration * mib * active, 1_024_000n),
      over(requests * 200_000n, 1n),
    ].reduce(plus);
  }

  if (totals['google-cloud-run'] !== undefined) {
    const table = [128n, 256n, 512n, 1024n, 2048n, 4096n, 8192n, 16_384n, 32_768n];
    const mib = table.find((size) => size >= memory) ?? 0n;
    const vcpu = mib <= 2048n ? 1n : mib <= 8192n ? 2n : mib / 4096n;
    const isDear = tier2.has(workload.region.google);
    const [cpuPrice, memoryPrice] = isDear ? [21_600_000n, 2_400_000n] : [18_000_000n, 2_000_000n];
    const seconds = kept(shared) * month;
    totals['google-cloud-run-instance-based'] = plus(
      less(over(seconds * vcpu * cpuPrice, 1n), over(240_000n * 18_000_000n * free, 1n)),
      less(over(seconds * mib * memoryPrice, 1024n), over(450_000n * 2_000_000n * free, 1n)),
    );
  }

  const region = workload.region.google;
  if (
    memory <= 8192n &&
    duration <= 540_000n &&
    workload.responseKiB <= 10_240 &&
    (firstGeneration.tier1.has(region) || firstGeneration.tier2.has(region))
  ) {
    const table: readonly (readonly [bigint, bigint])[] = [
      [128n, 2n],
      [256n, 4n],
      [512n, 8n],
      [1024n, 14n],
      [2048n, 24n],
      [4096n, 48n],
      [8192n, 48n],
    ];
    const [mib, tenthsOfGhz] = table.find(([size]) => size >= memory) ?? [0n, 0n];
    const isDear = firstGeneration.tier2.has(region);
    const [cpuPrice, memoryPrice] = isDear ? [14_000_000n, 3_500_000n] : [10_000_000n, 2_500_000n];
    totals['google-cloud-functions-1st-gen'] = [
      less(
        over(requests * hundreds * tenthsOfGhz * cpuPrice, 10_000n),
        over(200_000n * 10_000_000n * free, 1n),
      ),
      less(
        over(requests * hundreds * mib * memoryPrice, 1_024_000n),
        over(400_000n * 2_500_000n * free, 1n),
      ),
      times(less(over(requests, 1n), over(2_000_000n * free, 1n)), 400_000n),
    ].reduce(plus);
  }

  if (totals['azure-functions-flex'] !== undefined) {
    const size = memory <= 512n ? 512n : memory <= 2048n ? 2048n : 4096n;
    const active = hundreds < 1000n ? 1000n : hundreds;
    totals['azure-functions-flex-always-ready'] = [
      over(kept(shared) * month * size * 4_000_000n, 1024n),
      over(requests * active * size * 16_000_000n, 1_024_000n * shared),
      over(requests * 400_000n, 1n),
    ].reduce(plus);
  }

  for (const [name, vcpu] of Object.entries({ EP1: 1n, EP2: 2n, EP3: 4n })) {
    if (memory > vcpu * 3584n) continue;
    const fits = (vcpu * 3584n) / memory;
    const count = kept((fits < vcpu ? fits : vcpu) * shared);
    totals[`azure-functions-premium-${name}`] = over(
      count * 730n * vcpu * (2n * 173_000_000_000n + 7n * 12_300_000_000n),
      2n,
    );
  }
  return totals;
}

/** The requests at work at the busiest moment. */
export function inFlight({ durationMs, peakToAverage }: Workload, requests: bigint): Fraction {
  const [duration, peak] = [written(durationMs), written(peakToAverage)];
  return over(duration.top * peak.top * requests, duration.bottom * peak.bottom * 2_628_000_000n);
}

/** A number as it is written. */
export function written(value: number): Fraction {
  const [digits = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const places = BigInt(fraction.length) - BigInt(exponent);
  const all = BigInt(whole + fraction);
  return places < 0n ? over(all * 10n ** -places, 1n) : over(all, 10n ** places);
}

const firstGeneration = {
  tier1: new Set([
    'us-central1',
    'asia-east1',
    'asia-east2',
    'asia-northeast1',
    'asia-northeast2',
    'europe-west1',
    'europe-west2',
    'us-east1',
    'us-east4',
    'us-west1',
  ]),
  tier2: new Set([
    'asia-northeast3',
    'asia-south1',
    'asia-southeast1',
    'asia-southeast2',
    'australia-southeast1',
    'europe-central2',
    'europe-west3',
    'europe-west6',
    'northamerica-northeast1',
    'southamerica-east1',
    'us-west2',
    'us-west3',
    'us-west4',
  ]),
};

const tier2 = new Set([
  'asia-east2',
  'asia-northeast3',
  'asia-south1',
  'asia-southeast1',
  'asia-southeast2',
  'australia-southeast1',
  'europe-central2',
  'europe-west2',
  'europe-west3',
  'europe-west6',
  'northamerica-northeast1',
  'southamerica-east1',
  'us-west2',
  'us-west3',
  'us-west4',
]);

/** A fraction. */
export function over(top: bigint, bottom: bigint): Fraction {
  return { top, bottom };
}

/** The sum of two. */
export function plus(a: Fraction, b: Fraction): Fraction {
  return over(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
}

function times(a: Fraction, by: bigint): Fraction {
  return over(a.top * by, a.bottom);
}

/** The difference, but not below nothing. */
export function less(a: Fraction, b: Fraction): Fraction {
  const top = a.top * b.bottom - b.top * a.bottom;
  return over(top > 0n ? top : 0n, a.bottom * b.bottom);
}

function least(a: Fraction, b: Fraction): Fraction {
  return a.top * b.bottom < b.top * a.bottom ? a : b;
}
