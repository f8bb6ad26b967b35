import { describe, expect, test } from 'vitest';
import type { Text } from '../catalog/text.ts';
import { fromUsd, toUsd } from '../money/picodollars.ts';
import { priceLists, withOwnPrices } from '../price-lists.ts';
import { openPriceLists, type PriceLists } from '../pricing/price-lists.ts';
import { compare } from './compare.ts';
import type { Comparison, Estimate } from './comparison.ts';
import { parseWorkload } from './workload.ts';

const asOf = '2026-11-30';
const shop = { requestsPerMonth: 3_000_000, durationMs: 120, memoryMiB: 1536 };

function comparisonOf(input: unknown, prices: PriceLists = priceLists): Comparison {
  return compare(parseWorkload(input, prices), { asOf, prices });
}

function estimatesOf({ plans, servers }: Comparison): readonly Estimate[] {
  return [...plans, ...servers];
}

/** A test that compares with nothing is no test. */
function present<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new Error(`there is no ${what}`);
  return value;
}

function estimateOf(comparison: Comparison, id: string): Estimate {
  return present(
    estimatesOf(comparison).find((each) => each.id === id),
    id,
  );
}

function totalsOf(comparison: Comparison): Record<string, string> {
  return Object.fromEntries(estimatesOf(comparison).map(({ id, bill }) => [id, bill.totalUsd]));
}

function totalOf(comparison: Comparison, id: string): string {
  return estimateOf(comparison, id).bill.totalUsd;
}

function instances(utilization: string, count: number, capacity: number) {
  return { count, capacity: String(capacity), utilization };
}

function inEnglish(notes: readonly Text[]): readonly string[] {
  return notes.map(({ en }) => en);
}

/** How much more each estimate costs than before. */
function increases(comparison: Comparison, before: Comparison): Record<string, string> {
  const known = totalsOf(before);
  return Object.fromEntries(
    estimatesOf(comparison).map(({ id, bill }) => [
      id,
      toUsd(fromUsd(bill.totalUsd) - fromUsd(known[id] ?? '')),
    ]),
  );
}

describe('compare', () => {
  test('prices the workload of the Lambda pricing page on every plan and server', () => {
    const comparison = comparisonOf({ ...shop, includeLegacy: true });
    // Flex has a minimum for each active period of an instance: its bill is the model's.
    const { 'azure-functions-flex': flex, ...totals } = totalsOf(comparison);
    const { 'azure-functions-flex-always-ready': alwaysReady, ...others } = totals;
    expect([Number(flex) > 60, Number(alwaysReady) > 60]).toEqual([true, true]);
    expect(others).toEqual({
      'aws-lambda': '2.733338',
      'aws-lambda-provisioned-concurrency': '38.7002508',
      'google-cloud-run': '11.83',
      'google-cloud-run-instance-based': '105.156',
      'google-cloud-functions-1st-gen': '14.8',
      'azure-functions-consumption': '2.64',
      'azure-functions-premium-EP1': '315.433',
      'azure-functions-premium-EP2': '315.433',
      'azure-functions-premium-EP3': '630.866',
      'aws-ec2-t3.small': '15.184',
      'aws-ec2-t3.large': '60.736',
      'aws-ec2-t3a.small': '13.724',
      'google-gce-e2-small': '12.22958415',
      'google-gce-e2-standard-2': '48.9183366',
      'azure-vm-B1ms': '15.111',
      'azure-vm-B2als_v2': '27.448',
      'azure-vm-B2as_v2': '54.896',
    });
    expect(comparison.order.slice(0, 8)).toEqual([
      'azure-functions-consumption',
      'aws-lambda',
      'google-cloud-run',
      'google-gce-e2-small',
      'aws-ec2-t3a.small',
      'google-cloud-functions-1st-gen',
      'azure-vm-B1ms',
      'aws-ec2-t3.small',
    ]);
    expect(comparison.order.slice(-3)).toEqual([
      'azure-functions-premium-EP1',
      'azure-functions-premium-EP2',
      'azure-functions-premium-EP3',
    ]);
    expect(comparison.unavailable).toEqual([]);
    expect(comparison.asOf).toBe(asOf);
  });

  test('what costs the same is in order of id', () => {
    const { order } = comparisonOf({ ...shop, requestsPerMonth: 0, includeLegacy: true });
    expect(order.slice(0, 5)).toEqual([
      'aws-lambda',
      'azure-functions-consumption',
      'azure-functions-flex',
      'google-cloud-functions-1st-gen',
      'google-cloud-run',
    ]);
  });

  test('finds where Lambda overtakes a t3.small, to the request', () => {
    // 15.184 = (n - 1,000,000) x 0.0000002 + (n x 0.18 - 400,000) x 0.0000166667
    expect(
      comparisonOf(shop).breakEven.find(
        ({ plan, server }) => plan === 'aws-lambda' && server === 'aws-ec2-t3.small',
      ),
    ).toEqual({
      plan: 'aws-lambda',
      server: 'aws-ec2-t3.small',
      requestsPerMonth: 6_890_825,
      crossings: [{ requestsPerMonth: 6_890_825, moreExpensive: 'plan' }],
      isComplete: true,
    });
  });

  test('servers carry the average while traffic is on, and provisioned instances have room for nearly every request', () => {
    const comparison = comparisonOf({ ...shop, peakToAverage: 100 });
    // 3,000,000 x 0.12 s x 100 over 2,628,000 s
    expect(comparison.peakInFlight).toBe('13.698630136986');
    const found = estimatesOf(comparison).map((each) => [each.id, each.instances]);
    expect(Object.fromEntries(found)).toMatchObject({
      'aws-lambda': null,
      // Erlang B: with 22 of them 1.0 % find none, with 23 0.6 %.
      'aws-lambda-provisioned-concurrency': instances('0.005955926147', 23, 1),
      'google-cloud-run': null,
      'google-cloud-run-instance-based': instances('0.005955926147', 23, 1),
      'azure-functions-flex': null,
      'azure-functions-flex-always-ready': instances('0.005955926147', 23, 1),
      'azure-functions-premium-EP1': instances('0.005955926147', 23, 1),
      'azure-functions-premium-EP2': instances('0.005707762557', 12, 2),
      'azure-functions-premium-EP3': instances('0.005707762557', 6, 4),
      // One instance of 1,536 MiB beside the operating system, or two.
      'aws-ec2-t3.small': instances('0.009784735812', 14, 1),
      'aws-ec2-t3.large': instances('0.009784735812', 7, 2),
      // A quarter of each of two vCPUs; 28 sustain 14.
      'google-gce-e2-small': instances('0.009784735812', 28, 0.5),
      'google-gce-e2-standard-2': instances('0.009784735812', 7, 2),
      'azure-vm-B2als_v2': instances('0.009926543578', 23, 0.6),
    });
    expect(totalOf(comparison, 'aws-ec2-t3.small')).toBe('212.576');
  });

  test('an instance carries the requests that share it, and a server so many instances', () => {
    const { servers } = comparisonOf({ ...shop, memoryMiB: 256, concurrencyPerInstance: 10 });
    expect(servers.map(({ id, instances: found }) => [id, found?.capacity])).toEqual([
      ['aws-ec2-t3.small', '20'],
      ['aws-ec2-t3.large', '20'],
      // 512 MiB hold one instance beside the operating system.
      ['aws-ec2-t3a.nano', '10'],
      ['google-gce-e2-micro', '2.5'],
      ['google-gce-e2-small', '5'],
      ['google-gce-e2-standard-2', '20'],
      ['azure-vm-B2ats_v2', '4'],
      ['azure-vm-B2als_v2', '6'],
      ['azure-vm-B2as_v2', '8'],
    ]);
  });

  test('bills egress on plans and servers, and the gateway on plans, where they are asked for', () => {
    const asked = { ...shop, includeLegacy: true, responseKiB: 1024 };
    const plain = comparisonOf(asked);
    const full = comparisonOf({ ...asked, egress: true, frontDoor: true });
    // 3,000,000 responses of a MiB are 2,929.6875 GiB.
    const [aws, google, cloudRun] = [
      String((2929.6875 - 100) * 0.09),
      String(1024 * 0.12 + (2929.6875 - 1 - 1024) * 0.11),
      1024 * 0.105 + (2929.6875 - 1 - 1024) * 0.08,
    ];
    expect(increases(full, plain)).toMatchObject({
      // A response of 1,024 KB counts twice at the gateway.
      'aws-lambda': String(Number(aws) + 6),
      'aws-ec2-t3.small': aws,
      'google-cloud-run': String(cloudRun + 3),
      'google-gce-e2-small': google,
      'google-cloud-functions-1st-gen': String((2929.6875 - 5) * 0.12 + 3),
      'azure-vm-B2als_v2': '246.1828125',
    });
    const notes = inEnglish(full.notes).join(' ');
    expect(notes).not.toMatch(/data transfer|gateway/);
    for (const { bill } of full.plans) expect(bill.priceList.sources.length).toBeGreaterThan(1);
  });

  test('a load balancer stands before several servers, and not before one', () => {
    const peak = { ...shop, peakToAverage: 100 };
    // 730 h at 0.0225, and 3,000,000 connections over 90,000 a unit and hour at 0.008.
    const month = 730 * 0.0225 + (3_000_000 / 90_000) * 0.008;
    const several = increases(comparisonOf({ ...peak, frontDoor: true }), comparisonOf(peak));
    expect(Number(several['aws-ec2-t3.small'])).toBeCloseTo(month, 9);
    const one = increases(comparisonOf({ ...shop, frontDoor: true }), comparisonOf(shop));
    expect(one['aws-ec2-t3.small']).toBe('0');
    const meters = estimateOf(comparisonOf({ ...peak, frontDoor: true }), 'aws-ec2-t3.small');
    expect(meters.bill.lines.length).toBe(
      estimateOf(comparisonOf(peak), 'aws-ec2-t3.small').bill.lines.length + 2,
    );
  });

  test.each([
    {
      input: { ...shop, memoryMiB: 1537, durationMs: 1000 },
      notes: {
        'azure-functions-flex': [
          '1,537 MiB becomes 2 GiB with 1 vCPU, the smallest size that has enough',
        ],
        // Cloud Run bills memory as asked.
        'google-cloud-run': [],
      },
      why: 'a size between two takes the next one up',
    },
    {
      input: { ...shop, memoryMiB: 100, durationMs: 50 },
      notes: {
        'aws-lambda': ['100 MiB is billed as 128 MiB'],
        'google-cloud-run': [
          '100 MiB is billed as 128 MiB',
          'A request by itself is billed for at least 100 ms, though it takes 50 ms',
        ],
        'azure-functions-flex': [
          '100 MiB becomes 512 MiB with 0.25 vCPU, the smallest size that has enough',
          'A request by itself is billed for at least 1,000 ms, though it takes 50 ms',
        ],
        'azure-functions-consumption': [
          '100 MiB is billed as 128 MiB',
          'A request by itself is billed for at least 100 ms, though it takes 50 ms',
        ],
      },
      why: 'minimums are said',
    },
    {
      input: { ...shop, durationMs: 100 },
      notes: { 'google-cloud-run': [], 'azure-functions-consumption': [] },
      why: 'a duration of just the minimum is not below it',
    },
    {
      input: {
        ...shop,
        memoryMiB: 512,
        durationMs: 1000,
        concurrencyPerInstance: 8,
        cpuPerRequest: 0.2,
      },
      notes: {
        'google-cloud-run': [
          '0.333 vCPU becomes 1 vCPU: several requests at once need a whole vCPU',
          'Requests at once in an instance: 5 instead of 8, because it has 1 vCPU',
        ],
        'azure-functions-flex': [
          'Requests at once in an instance: 1 instead of 8, because it has 0.25 vCPU',
        ],
      },
      why: 'an instance has no more room than its vCPUs keep up with',
    },
    {
      input: {
        ...shop,
        memoryMiB: 2048,
        durationMs: 1000,
        concurrencyPerInstance: 8,
        cpuPerRequest: 0.125,
      },
      notes: { 'google-cloud-run': [], 'azure-functions-flex': [] },
      why: 'eight eighths are a whole vCPU',
    },
    {
      input: { ...shop, memoryMiB: 512, durationMs: 1000, architecture: 'arm64' },
      notes: {
        'aws-lambda': [],
        'google-cloud-run': ['Runs on x86_64: no arm64 here'],
        'azure-functions-flex': ['Runs on x86_64: no arm64 here'],
      },
      why: 'another architecture is said',
    },
    {
      input: { ...shop, memoryMiB: 512, durationMs: 240_000 },
      notes: {
        'aws-lambda': [
          'An HTTP response must come within 30,000 ms; other triggers may take longer',
        ],
        'google-cloud-run': [],
        'azure-functions-flex': [
          'An HTTP response must come within 230,000 ms; other triggers may take longer',
        ],
      },
      why: 'a request too long for an HTTP response is said',
    },
    {
      input: { ...shop, memoryMiB: 512, durationMs: 30_000 },
      notes: { 'aws-lambda': [] },
      why: 'as long as an HTTP response may take is not too long',
    },
  ])('notes: $why', ({ input, notes }) => {
    const { plans } = comparisonOf(input);
    expect(Object.fromEntries(plans.map((each) => [each.id, inEnglish(each.notes)]))).toMatchObject(
      notes,
    );
  });

  test.each([
    'data transfer',
    'cold starts',
    'gateways',
    'load balancers',
    '730 hours',
    'public address',
    '256 MiB',
    'Erlang B',
    'at random',
  ])('says what it assumes and what is on no bill: %s', (words) => {
    expect(inEnglish(comparisonOf(shop).notes).join(' ')).toContain(words);
  });

  test.each([
    {
      input: { ...shop, memoryMiB: 1537 },
      ids: ['azure-functions-consumption'],
      says: 'No 1,537 MiB: an instance has at most 1,536 MiB',
    },
    {
      input: { ...shop, memoryMiB: 20_000 },
      ids: [
        'aws-lambda',
        'aws-lambda-provisioned-concurrency',
        'google-cloud-functions-1st-gen',
        'azure-functions-flex',
        'azure-functions-flex-always-ready',
        'azure-functions-consumption',
        'azure-functions-premium-EP1',
        'azure-functions-premium-EP2',
        'azure-functions-premium-EP3',
        'aws-ec2-t3.small',
        'aws-ec2-t3.large',
        'google-gce-e2-small',
        'google-gce-e2-standard-2',
        'azure-vm-B2als_v2',
        'azure-vm-B2as_v2',
      ],
      says: 'No 20,000 MiB: an instance has at most 10 GiB',
    },
    {
      input: { ...shop, requestsPerMonth: 30_000, durationMs: 900_001 },
      ids: [
        'aws-lambda',
        'aws-lambda-provisioned-concurrency',
        'google-cloud-functions-1st-gen',
        'azure-functions-consumption',
      ],
      says: 'A request takes 900,001 ms; a function is stopped after 900,000 ms',
    },
    {
      input: { ...shop, responseKiB: 7000 },
      ids: ['aws-lambda', 'aws-lambda-provisioned-concurrency'],
      says: 'A response has 7,000 KiB; one that is not streamed has at most 6,144 KiB',
    },
    {
      input: { ...shop, vcpu: 8 },
      ids: [
        'aws-lambda',
        'aws-lambda-provisioned-concurrency',
        'google-cloud-run',
        'google-cloud-run-instance-based',
        'google-cloud-functions-1st-gen',
        'azure-functions-flex',
        'azure-functions-flex-always-ready',
        'azure-functions-consumption',
        'azure-functions-premium-EP1',
        'azure-functions-premium-EP2',
        'azure-functions-premium-EP3',
      ],
      says: 'No 8 vCPU: an instance has at most 5.789',
    },
    {
      input: { ...shop, cpuPerRequest: 2.5 },
      ids: [
        'aws-ec2-t3.small',
        'aws-ec2-t3.large',
        'google-gce-e2-small',
        'google-gce-e2-standard-2',
        'azure-vm-B2als_v2',
        'azure-vm-B2as_v2',
      ],
      says: 'A request keeps 2.5 vCPU busy; the server has 2',
    },
  ])('what cannot carry it is listed with the reason: $says', ({ input, ids, says }) => {
    const { unavailable, order } = comparisonOf(input);
    expect(unavailable.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(unavailable[0]?.reason.en).toBe(says);
    for (const id of ids) expect(order).not.toContain(id);
  });

  test('the operating system takes 256 MiB: 1,792 MiB fit 2 GiB, and a MiB more does not', () => {
    expect(
      inSizes(comparisonOf({ ...shop, memoryMiB: 1792 }), 'aws-ec2-t3.small').reason,
    ).toBeNull();
    const { reason } = inSizes(comparisonOf({ ...shop, memoryMiB: 1793 }), 'aws-ec2-t3.small');
    expect(reason?.en).toBe(
      'The function needs 1,793 MiB and the operating system 256 MiB; the server has 2 GiB',
    );
  });

  test('Arm servers carry arm64 alone, and x86 servers carry both', () => {
    const x86 = inSizes(comparisonOf(shop), 'aws-ec2-t4g.small');
    expect(x86.reason?.en).toBe('The architecture is x86_64; the server is arm64');
    const arm = comparisonOf({ ...shop, architecture: 'arm64' });
    expect(inSizes(arm, 'aws-ec2-t4g.small').totalUsd).toBe('12.264');
    expect(inSizes(arm, 'aws-ec2-t3.small').totalUsd).toBe('15.184');
  });

  test('a region without a price names the nearest that have one', () => {
    const { unavailable } = comparisonOf({ ...shop, region: { google: 'me-west1' } });
    const [first, ...others] = unavailable;
    expect(others).toEqual([]);
    expect(first?.id).toBe('google-cloud-functions-1st-gen');
    expect(first?.reason.en).toMatch(
      /^No price for this region \(me-west1\); the nearest with one: europe-/,
    );
    expect(first?.reason.vi).toMatch(
      /^Không có giá cho vùng này \(me-west1\); các vùng gần nhất có giá: europe-/,
    );
  });

  test('a server in a more expensive region costs what it costs there', () => {
    const singapore = comparisonOf({ ...shop, region: { google: 'asia-southeast1' } });
    expect(totalsOf(singapore)).toMatchObject({
      'google-gce-e2-small': '15.08657055',
      'google-gce-e2-standard-2': '60.3462822',
    });
    expect(totalsOf(comparisonOf({ ...shop, place: 'singapore' }))).toMatchObject({
      'google-gce-e2-small': '15.08657055',
      // 730 h at 0.0264
      'aws-ec2-t3.small': '19.272',
    });
  });

  test('an extra without a price in a region makes the estimate incomplete, and says so', () => {
    const input = { ...shop, peakToAverage: 100, frontDoor: true, region: { aws: 'me-south-1' } };
    const server = estimateOf(comparisonOf(input), 'aws-ec2-t3.small');
    expect([server.isComplete, inEnglish(server.notes)]).toEqual([
      false,
      ['Load balancer: no price for this region (me-south-1), so the total is incomplete'],
    ]);
    // One server has no load balancer.
    const one = estimateOf(comparisonOf({ ...input, peakToAverage: 1 }), 'aws-ec2-t3.small');
    expect([one.isComplete, one.notes]).toEqual([true, []]);
    const here = { ...input, region: {} };
    expect(estimateOf(comparisonOf(here), 'aws-ec2-t3.small').isComplete).toBe(true);
  });

  test('plans that will end are marked and ranked only where they are asked for', () => {
    const plain = comparisonOf(shop);
    const all = comparisonOf({ ...shop, includeLegacy: true });
    const legacy = {
      'azure-functions-consumption': '2028-09-30',
      'google-cloud-functions-1st-gen': null,
      'azure-vm-B1ms': '2028-11-15',
    };
    for (const [id, endsOn] of Object.entries(legacy)) {
      expect(plain.order).not.toContain(id);
      expect(plain.breakEven.flatMap(({ plan, server }) => [plan, server])).not.toContain(id);
      expect(all.order).toContain(id);
      expect(estimateOf(all, id).legacy?.endsOn).toBe(endsOn);
    }
    const marked = estimatesOf(all).filter((each) => each.legacy !== null);
    expect(marked.map(({ id }) => id).toSorted()).toEqual(Object.keys(legacy).toSorted());
  });

  test('7 requests in flight, evenly spaced, have 7 instances', () => {
    // 26,280,000 x 700 ms over 2,628,000,000 ms; a product of floats is 7.000000000000001.
    const even = {
      requestsPerMonth: 26_280_000,
      durationMs: 700,
      memoryMiB: 512,
      arrivals: 'even',
    };
    const id = 'aws-lambda-provisioned-concurrency';
    expect(estimateOf(comparisonOf(even), id).instances?.count).toBe(7);
  });

  test('the plan that deploy creates is marked on each cloud, once', () => {
    const marked = estimatesOf(comparisonOf(shop)).filter((each) => each.isDeployTarget);
    expect(marked.map(({ id }) => id)).toEqual([
      'aws-lambda',
      'google-cloud-run',
      'azure-functions-flex',
    ]);
  });

  test('starting instances is billed on Lambda and Cloud Run, and nowhere else', () => {
    const all = { ...shop, includeLegacy: true, freeTier: false };
    const warm = comparisonOf(all);
    const cold = comparisonOf({ ...all, coldStarts: 0.01, initMs: 250.5 });
    const added = Object.entries(increases(cold, warm)).filter(([, usd]) => usd !== '0');
    expect(Object.fromEntries(added)).toEqual({
      // 30,000 x (371 - 120) ms x 1.5 GB x 0.0000166667
      'aws-lambda': '0.1882503765',
      // 30,000 x (400 - 200) ms x (1 vCPU x 0.000024 + 1.5 GiB x 0.0000025)
      'google-cloud-run': '0.1665',
    });
    expect(inEnglish(cold.notes).join(' ')).not.toContain('cold starts');
    for (const half of [{ coldStarts: 0.01 }, { initMs: 250 }]) {
      const none = comparisonOf({ ...all, ...half });
      expect(totalsOf(none)).toEqual(totalsOf(warm));
      expect(inEnglish(none.notes).join(' ')).toContain('cold starts');
    }
  });

  test('cold starts share the free tier with the requests', () => {
    const busy = { ...shop, requestsPerMonth: 30_000_000 };
    const added = increases(
      comparisonOf({ ...busy, coldStarts: 0.01, initMs: 250.5 }),
      comparisonOf(busy),
    );
    expect(added['aws-lambda']).toBe('1.882503765');
    const { bill } = estimateOf(
      comparisonOf({ ...busy, coldStarts: 0.01, initMs: 250.5 }),
      'aws-lambda',
    );
    expect(new Set(bill.lines.map(({ meter }) => meter)).size).toBe(bill.lines.length);
  });

  test('redundancy doubles servers and nothing else', () => {
    const [one, two] = [comparisonOf(shop), comparisonOf({ ...shop, redundancy: 2 })];
    for (const { id, instances: found, bill } of one.servers) {
      const double = estimateOf(two, id);
      expect(double.instances?.count).toBe(2 * (found?.count ?? 0));
      expect(fromUsd(double.bill.totalUsd)).toBe(2n * fromUsd(bill.totalUsd));
    }
    expect(two.plans).toEqual(one.plans);
    expect(inEnglish(two.notes).join(' ')).toContain('twice, for redundancy');
  });

  test('vCPU is of the configuration that each plan deploys', () => {
    const found = comparisonOf({ ...shop, memoryMiB: 512, vcpu: 1 }).plans.map((plan) => [
      plan.id,
      plan.configuration,
    ]);
    expect(Object.fromEntries(found)).toMatchObject({
      'aws-lambda': { memoryMiB: 1769, vcpu: 1 },
      'google-cloud-run': { memoryMiB: 512, vcpu: 1 },
      'azure-functions-flex': { memoryMiB: 2048, vcpu: 1 },
      'azure-functions-premium-EP1': { memoryMiB: 3584, vcpu: 1 },
    });
  });

  test('a server that is committed to stands beside the one on demand, where it has a price', () => {
    const lists = withCommitment();
    const none = comparisonOf(shop, lists);
    expect(estimatesOf(none).some(({ commitment }) => commitment !== null)).toBe(false);
    const comparison = comparisonOf({ ...shop, commitment: '1y' }, lists);
    const committed = estimateOf(comparison, 'aws-ec2-t3.small-1y');
    expect([committed.commitment, committed.bill.totalUsd]).toEqual(['1y', '7.3']);
    expect(estimateOf(comparison, 'aws-ec2-t3.small').commitment).toBeNull();
    expect(comparison.order).toContain('aws-ec2-t3.small-1y');
    expect(comparison.unavailable).toEqual([]);
    expect(comparison.sizes.some(({ id }) => id === 'aws-ec2-m5.xlarge-1y')).toBe(false);
  });

  test('own prices take the place of list prices, and the notes say so in both languages', () => {
    const lists = withOwnPrices({ 'aws-ec2/t3.small': '0.01', 'aws-lambda': '-50%' });
    const comparison = comparisonOf({ ...shop, freeTier: false }, lists);
    expect(totalOf(comparison, 'aws-ec2-t3.small')).toBe('7.3');
    // 540,000 GB-s x 0.00000833335 + 3,000,000 x 0.0000001
    expect(totalOf(comparison, 'aws-lambda')).toBe('4.800009');
    const note = comparison.notes.find(({ en }) => en.startsWith('Your own prices'));
    expect(note?.en).toContain('aws-ec2/t3.small 0.01, aws-lambda -50%');
    expect(note?.vi).toContain('aws-ec2/t3.small 0.01, aws-lambda -50%');
    expect(inEnglish(comparisonOf(shop).notes).join(' ')).not.toContain('Your own prices');
  });

  test('every note and reason differs between the languages, and numbers are written as each writes them', () => {
    const inputs = [
      { ...shop, memoryMiB: 1537, includeLegacy: true, architecture: 'arm64', redundancy: 2 },
      { ...shop, memoryMiB: 20_000, peakToAverage: 1.5, arrivals: 'even' },
      {
        ...shop,
        durationMs: 900_001,
        responseKiB: 7000,
        concurrencyPerInstance: 8,
        cpuPerRequest: 0.5,
      },
      { ...shop, place: 'singapore', frontDoor: true, egress: true, peakToAverage: 100 },
    ];
    for (const input of inputs) {
      const comparison = comparisonOf(input);
      const texts = [
        ...comparison.notes,
        ...estimatesOf(comparison).flatMap(({ notes }) => notes),
        ...comparison.unavailable.map(({ reason }) => reason),
        ...comparison.sizes.flatMap(({ reason }) => reason ?? []),
      ];
      for (const { vi, en } of texts) {
        expect(vi).not.toBe(en);
        expect(vi + en).not.toMatch(/\{\d\}|undefined|NaN/);
        expect(vi).not.toMatch(/\d,\d{3}\b|\b(the|of|with|server|request|needs)\b/);
      }
    }
    const [traffic] = comparisonOf({ ...shop, peakToAverage: 1.5 }).notes;
    expect([traffic?.vi.includes('1,5 lần'), traffic?.en.includes('1.5 times')]).toEqual([
      true,
      true,
    ]);
  });

  test.each([5e-324, 1e-300, 1e-7])(
    'finds its crossings where a response has %d KiB',
    (responseKiB) => {
      const { breakEven } = comparisonOf({ ...shop, responseKiB, egress: true });
      const plain = comparisonOf(shop).breakEven;
      expect(breakEven[0]).toEqual(plain[0]);
      expect(breakEven.length).toBe(plain.length);
    },
  );

  test('neither the workload nor the next comparison changes when an answer is changed', () => {
    const workload = parseWorkload(shop, priceLists);
    const first = compare(workload, { asOf, prices: priceLists });
    const before = structuredClone(first);
    first.plans[0]?.bill.priceList.sources.push('changed');
    first.plans[0]?.notes.push({ vi: 'x', en: 'x' });
    first.servers[0]?.bill.lines.pop();
    first.breakEven[0]?.crossings.pop();
    first.notes.pop();
    expect(compare(workload, { asOf, prices: priceLists })).toEqual(before);
  });
});

function inSizes({ sizes }: Comparison, id: string) {
  return present(
    sizes.find((each) => each.id === id),
    id,
  );
}

/** The lists with a price of t3.small for a year. */
function withCommitment(): PriceLists {
  const { data } = priceLists.list('aws-ec2');
  const small = data.prices.find(({ id }) => id === 't3.small');
  const committed = {
    ...present(small, 't3.small'),
    id: 't3.small-1y',
    usd: { 'us-east-1': '0.01' },
  } as (typeof data.prices)[number];
  const changed = { ...data, prices: [...data.prices, committed] };
  const ec2 = openPriceLists([changed]);
  return {
    ...priceLists,
    list: (service) => (service === 'aws-ec2' ? ec2 : priceLists).list(service),
    in: (region) => ({
      region,
      price: (service, id, elsewhere) =>
        (service === 'aws-ec2' ? ec2 : priceLists).in(region).price(service, id, elsewhere),
    }),
  };
}
