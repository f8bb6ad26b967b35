import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { priceLists, withOwnPrices } from '../price-lists.ts';
import type { MeterPrice } from '../pricing/price-list.ts';
import type { PriceLists } from '../pricing/price-lists.ts';
import { exactly, quantity } from '../pricing/quantity.ts';
import { isAvailable, type Candidate } from './candidate.ts';
import { totalAt, type Cost } from './cost.ts';
import { requestsDriver } from './drivers.ts';
import { planCandidates } from './plan-candidates.ts';
import { serverCount } from './server-count.ts';
import { serverCandidates } from './servers.ts';
import { anyWorkload } from './testing/any-workload.ts';
import { divided, over, times, written } from './testing/fraction.ts';
import { serverMonths } from './testing/server-oracle.ts';
import { parseWorkload, type Workload } from './workload.ts';

// The same examples in every run: a search that is hard by chance would take minutes.
fc.configureGlobal({ seed: 20_261_130 });

function workloadOf(input: object, prices: PriceLists = priceLists): Workload {
  const least = { requestsPerMonth: 100_000, durationMs: 1000, memoryMiB: 512 };
  return parseWorkload({ ...least, ...input }, prices);
}

function planOf(id: string, workload: Workload, prices: PriceLists = priceLists): Candidate {
  return found(planCandidates(workload, prices).filter(isAvailable), id);
}

function serverOf(id: string, workload: Workload, prices: PriceLists = priceLists): Candidate {
  return found(serverCandidates(workload, prices).filter(isAvailable), id);
}

function found(all: readonly Candidate[], id: string): Candidate {
  const candidate = all.find((each) => each.id === id);
  if (candidate === undefined) throw new Error(`there is no ${id}`);
  return candidate;
}

function totalOf({ cost }: Candidate, { requestsPerMonth }: Workload): number {
  return Number(totalAt(cost, requestsPerMonth)) / 1e12;
}

function ec2Price(id: string): MeterPrice {
  return priceLists.in('us-east-1').price('aws-ec2', id);
}

const monthMs = 2_628_000_000;

describe('servers that burst', () => {
  // 34.25 requests in flight, each a whole vCPU: instances-and-burst, section 3.
  const long = workloadOf({ durationMs: 900_000, memoryMiB: 1024 });
  const micro = {
    capacity: quantity(1n),
    metered: [{ quantity: quantity(730n), price: ec2Price('t3.micro') }],
    loadBalancer: [],
    credits: {
      sustainedVcpu: quantity(2n, 10n),
      metered: [{ quantity: quantity(730n), price: ec2Price('cpu-credits') }],
    },
  };

  test('35 t3.micro with one vCPU busy each cost about 1,260 USD with surplus credits', () => {
    const { count, surplus } = serverCount(micro, long);
    expect(count.approximate(100_000)).toBe(35);
    const charges = [{ metered: micro.metered, driver: count }, ...surplus];
    // 35 x 7.592 + (34.2466 - 35 x 0.2) x 36.5
    const total = 35 * 7.592 + (9e10 / monthMs - 7) * 36.5;
    expect(Number(totalAt({ charges, freeTier: false }, 100_000)) / 1e12).toBeCloseTo(total, 8);
    expect(total).toBeCloseTo(1260, -1);
  });

  test('with both vCPUs busy they cost about 2,509 USD', () => {
    const { count, surplus } = serverCount(micro, { ...long, cpuPerRequest: 2 });
    const charges = [{ metered: micro.metered, driver: count }, ...surplus];
    const total = Number(totalAt({ charges, freeTier: false }, 100_000)) / 1e12;
    expect(total).toBeCloseTo(35 * 7.592 + (2 * (9e10 / monthMs) - 7) * 36.5, 8);
    expect(Math.abs(total - 2509)).toBeLessThan(5);
  });

  test('a server of 1 GiB has no memory left for a function of 1 GiB', () => {
    const all = serverCandidates(long, priceLists);
    for (const id of ['aws-ec2-t3.micro', 'google-gce-e2-micro']) {
      const server = all.find((each) => each.id === id);
      expect(server !== undefined && 'reason' in server && server.reason.en).toBe(
        'The function needs 1 GiB and the operating system 256 MiB; the server has 1 GiB',
      );
    }
  });

  test('35 e2-micro do not carry it: a quarter of a vCPU each takes 137', () => {
    const server = serverOf('google-gce-e2-micro', { ...long, memoryMiB: 768 });
    expect(server.instances?.count.approximate(100_000)).toBe(137);
  });

  test('Lambda costs 1,493 USD for the same', () => {
    expect(totalOf(planOf('aws-lambda', long), long)).toBeCloseTo(1493, 0);
  });

  test('a further server is taken where it costs less than the surplus credits that it saves', () => {
    // 1.5 vCPU for a server that sustains 0.4 at 7.3 USD: credits of 0.4 vCPU are 14.6 USD.
    const cheap = withOwnPrices({ 'aws-ec2/t3.small': '0.01' });
    const workload = workloadOf({ requestsPerMonth: 3_942_000 }, cheap);
    const server = serverOf('aws-ec2-t3.small', workload, cheap);
    expect(server.instances?.count.approximate(3_942_000)).toBe(4);
    expect(totalOf(server, workload)).toBeCloseTo(4 * 7.3, 9);
    // Three servers would leave 0.3 vCPU above what they sustain: 10.95 USD, more than a server.
    const listed = serverOf('aws-ec2-t3.small', workload);
    expect(listed.instances?.count.approximate(3_942_000)).toBe(1);
    expect(totalOf(listed, workload)).toBeCloseTo(15.184 + 1.1 * 36.5, 9);
  });

  test('the last fraction of a server is paid in credits where that is cheaper', () => {
    const cheap = withOwnPrices({ 'aws-ec2/t3.small': '0.01' });
    // 1.3 vCPU: three sustain 1.2, and 0.1 vCPU are 3.65 USD of credits, half of what a server costs.
    const workload = workloadOf({ requestsPerMonth: 3_416_400 }, cheap);
    const server = serverOf('aws-ec2-t3.small', workload, cheap);
    expect(server.instances?.count.approximate(3_416_400)).toBe(3);
    expect(totalOf(server, workload)).toBeCloseTo(3 * 7.3 + 0.1 * 36.5, 9);
  });

  test('a load balancer is part of what a second server costs', () => {
    const prices = withOwnPrices({ 'aws-ec2/t3.small': '0.01' });
    const count = (frontDoor: boolean, requestsPerMonth: number) => {
      const workload = workloadOf({ requestsPerMonth, frontDoor }, prices);
      return serverOf('aws-ec2-t3.small', workload, prices).instances?.count.approximate(
        requestsPerMonth,
      );
    };
    // Two servers save 0.4 vCPU or 14.6 USD and cost 7.3; the balancer costs 16.425 more.
    expect([count(false, 2_102_400), count(true, 2_102_400)]).toEqual([2, 1]);
    // Four save 43.8 USD and cost 21.9.
    expect([count(false, 4_204_800), count(true, 4_204_800)]).toEqual([4, 4]);
  });

  test.each([
    { size: 'aws-ec2-t3a.nano', region: 'us-east-1', architecture: 'x86_64' },
    { size: 'aws-ec2-t3a.small', region: 'ap-south-1', architecture: 'x86_64' },
    { size: 'aws-ec2-t4g.nano', region: 'ap-south-1', architecture: 'arm64' },
    { size: 'aws-ec2-t4g.small', region: 'ap-south-1', architecture: 'arm64' },
  ] as const)(
    'no other number of $size in $region costs less',
    ({ size, region, architecture }) => {
      const input = { memoryMiB: 128, architecture, region: { aws: region } };
      const [, server] = [workloadOf(input), serverOf(size, workloadOf(input))];
      const hours = server.cost.charges.map(({ metered }) => metered[0]?.price.tiers[0]?.unitPrice);
      const [hourly = 0n, credit = 0n] = hours;
      const sustained = size.endsWith('nano') ? written(0.1) : written(0.4);
      for (const requests of [1, 200_000, 900_000, 1_400_000, 2_628_000, 9_000_000]) {
        const busy = over(BigInt(requests), 2_628_000n);
        const bill = (count: bigint) => {
          const above = divided(busy, over(1n)).top * sustained.bottom * 1n;
          const paid = sustained.top * count * busy.bottom;
          const left = above > paid ? above - paid : 0n;
          return 730n * (hourly * count * busy.bottom * sustained.bottom + credit * left);
        };
        // Two vCPUs carry two requests, and the memory one or more.
        const fewest = BigInt(Math.max(1, Math.ceil(requests / 2_628_000 / 2)));
        const bills = Array.from({ length: 200 }, (_each, index) => bill(fewest + BigInt(index)));
        const least = bills.reduce((a, b) => (b < a ? b : a));
        const total = Number(totalAt(server.cost, requests));
        expect(total / (Number(least) / Number(busy.bottom * sustained.bottom))).toBeCloseTo(1, 9);
      }
    },
  );

  test('of small workloads every number of servers is tried', () => {
    const small = anyWorkload.map((workload) => ({
      ...workload,
      region: { aws: 'us-east-1', google: 'us-central1', azure: 'eastus' },
      requestsPerMonth: workload.requestsPerMonth % 3_000_000,
      durationMs: Math.min(workload.durationMs, 2000),
      memoryMiB: Math.min(workload.memoryMiB, 1024),
      peakToAverage: Math.min(workload.peakToAverage, 4),
      egress: false,
      frontDoor: false,
    }));
    fc.assert(
      fc.property(small, (workload) => {
        const months = serverMonths(workload);
        for (const server of serverCandidates(workload, priceLists)) {
          const month = months.get(server.id);
          if (!isAvailable(server) || !server.id.includes('-t3') || month === undefined) continue;
          const least = month.cheapest().total;
          const total = totalAt(server.cost, workload.requestsPerMonth);
          const off = Number(total * least.bottom - least.top) / Number(least.bottom);
          expect([server.id, Math.abs(off) < 16]).toEqual([server.id, true]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('instance time', () => {
  test.each([
    { concurrency: 1, computeUsd: 1.872 },
    { concurrency: 10, computeUsd: 0.1872 },
  ])(
    'the worked example of Microsoft with $concurrency at once comes out to the cent',
    ({ concurrency, computeUsd }) => {
      // 144,000 requests in one hour of the month, 250 ms, 2,048 MB: functions-consumption-costs.
      const workload = workloadOf({
        requestsPerMonth: 144_000,
        durationMs: 250,
        memoryMiB: 2048,
        concurrencyPerInstance: concurrency,
        arrivals: 'even',
        peakToAverage: 730,
        freeTier: false,
      });
      const total = totalOf(planOf('azure-functions-flex', workload), workload);
      expect(total).toBeCloseTo(computeUsd + 0.0576, 4);
    },
  );

  test('alone in an instance without a minimum, a request is billed for its rounded duration', () => {
    fc.assert(
      fc.property(
        anyWorkload,
        fc.double({ min: 0.001, max: 3_600_000, noNaN: true }),
        (any, durationMs) => {
          const alone = {
            concurrencyPerInstance: 1,
            coldStarts: 0,
            egress: false,
            frontDoor: false,
          };
          const workload: Workload = {
            ...any,
            ...alone,
            durationMs,
            vcpu: null,
            memoryMiB: 2048,
            responseKiB: 0,
            freeTier: false,
            region: { ...any.region, google: 'us-central1' },
          };
          const requests = BigInt(workload.requestsPerMonth);
          const hundreds = BigInt(Math.ceil(durationMs / 100));
          // A vCPU and 2 GiB for so many tenths of a second, and 0.4 millionths of a dollar for the request.
          const exact = requests * (hundreds * (2_400_000n + 2n * 250_000n) + 400_000n);
          expect(totalAt(planOf('google-cloud-run', workload).cost, Number(requests))).toBe(exact);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('no bill is below the share of time in which a request is in flight', () => {
    const shapes = fc.record({
      requestsPerMonth: fc.oneof(
        fc.integer({ min: 1, max: 1e8 }),
        fc.integer({ min: 1, max: 1e12 }),
      ),
      durationMs: fc.double({ min: 1, max: 600_000, noNaN: true }),
      concurrencyPerInstance: fc.constantFrom(1, 2, 5, 10, 80, 1000),
      arrivals: fc.constantFrom('random', 'even'),
      peakToAverage: fc.constantFrom(1, 2.5, 10, 730, 100_000),
      responseKiB: fc.constant(0),
      memoryMiB: fc.constant(2048),
      freeTier: fc.constant(false),
    });
    fc.assert(
      fc.property(shapes, (shape) => {
        const workload = workloadOf(shape);
        const { requestsPerMonth, durationMs, peakToAverage, arrivals } = workload;
        const inFlight = (requestsPerMonth * durationMs * peakToAverage) / monthMs;
        const busy = arrivals === 'random' ? -Math.expm1(-inFlight) : Math.min(1, inFlight);
        // With room for so many in an instance, there are at least so many instances.
        const room = inFlight / workload.concurrencyPerInstance;
        const instanceSeconds = (Math.max(busy, room) / peakToAverage) * 2_628_000;
        const perSecond = {
          'google-cloud-run': 0.000024 + 2 * 0.0000025,
          'azure-functions-flex': 2 * 0.000026,
          'azure-functions-flex-always-ready': 2 * 0.000016,
        };
        const available = planCandidates(workload, priceLists).filter(isAvailable);
        const below = Object.entries(perSecond).flatMap(([id, usd]) => {
          const plan = available.find((each) => each.id === id);
          if (plan === undefined) return [];
          const [total, least] = [totalOf(plan, workload), instanceSeconds * usd * (1 - 1e-9)];
          return total < least ? [{ id, total, least }] : [];
        });
        expect(below).toEqual([]);
        const average = inFlight / peakToAverage;
        const provisioned = { 'azure-functions-premium-EP1': 157.7165 };
        for (const [id, usd] of Object.entries(provisioned)) {
          const plan = available.find((each) => each.id === id);
          if (plan === undefined) continue;
          const total = totalOf(plan, workload);
          expect(total).toBeGreaterThanOrEqual(
            (average / workload.concurrencyPerInstance) * usd * 0.99,
          );
        }
        // AWS and the plans that bill each execution: never less than the time itself.
        const lambda = (requestsPerMonth * durationMs * 2 * 0.0000133334) / 1000;
        expect(totalOf(planOf('aws-lambda', workload), workload)).toBeGreaterThanOrEqual(lambda);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the break-even table of SeBS (Middleware 2021, Table 6)', () => {
  // The prices of its day: t2.micro at 0.0116 USD an hour, Lambda at 0.0000166667 USD a GB-s without a request fee.
  const prices = withOwnPrices({
    'aws-ec2/t2.micro': '0.0116',
    'aws-lambda/requests': '0',
    'aws-lambda/compute-x86_64': '0.0000166667',
  });

  test.each([
    { gbSeconds: 0.2125, million: '3.541674', hourly: '3275.287567', digits: 6 },
    { gbSeconds: 0.1375, million: '2.291671', hourly: '5061.808058', digits: 6 },
    { gbSeconds: 1.925, million: '32.083398', hourly: '361.557718', digits: 6 },
    { gbSeconds: 0.4, million: null, hourly: '1739.9965', digits: 4 },
    { gbSeconds: 0.2, million: null, hourly: '3479.9930', digits: 4 },
    { gbSeconds: 3, million: null, hourly: '231.9995', digits: 4 },
  ])(
    '$gbSeconds GB-s a request: $hourly requests an hour',
    ({ gbSeconds, million, hourly, digits }) => {
      // A GiB for as many milliseconds; both curves as they are priced, without free tier.
      const input = { durationMs: gbSeconds * 1000, memoryMiB: 1024, freeTier: false };
      const [workload, idle] = [workloadOf(input, prices), workloadOf({ memoryMiB: 128 }, prices)];
      const { charges } = planOf('aws-lambda', workload, prices).cost;
      // Fractions of a millisecond are rounded up by Lambda, and are not in the table.
      const compute = charges.flatMap(({ metered }) =>
        metered
          .filter(({ price }) => price.id === 'compute-x86_64')
          .map(({ price }) => ({ price, quantity: exactly(gbSeconds) })),
      );
      const line: Cost = {
        charges: [{ metered: compute, driver: requestsDriver }],
        freeTier: false,
      };
      const ofMillion = over(totalAt(line, 1_000_000), 10n ** 12n);
      const server = serverOf('aws-ec2-t2.micro', idle, prices).cost;
      const ofHour = over(totalAt(server, 0), 730n * 10n ** 12n);
      expect(million === null ? null : fixed(ofMillion, 6)).toBe(million);
      expect(fixed(divided(times(ofHour, 1_000_000n), ofMillion), digits)).toBe(hourly);
    },
  );
});

/** A fraction with so many decimals, rounded half up. */
function fixed({ top, bottom }: { top: bigint; bottom: bigint }, digits: number): string {
  const scaled = (top * 10n ** BigInt(digits) * 2n + bottom) / (bottom * 2n);
  const digitsOf = scaled.toString().padStart(digits + 1, '0');
  return `${digitsOf.slice(0, -digits)}.${digitsOf.slice(-digits)}`;
}
