import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { fromUsd, toUsd } from '../money/picodollars.ts';
import { compare } from './compare.ts';
import { ComparisonSchema, type Comparison } from './comparison.ts';
import { parseWorkload } from './parse-workload.ts';
import { anyWorkload } from './testing/any-workload.ts';
import { machines } from './machines.ts';
import { exactPlanTotals } from './testing/oracle.ts';
import { exactServerTotals } from './testing/server-oracle.ts';

const asOf = '2026-11-22';
const shop = { requestsPerMonth: 3_000_000, durationMs: 120, memoryMiB: 1536 };

function comparisonOf(input: unknown): Comparison {
  return compare(parseWorkload(input), { asOf });
}

function totalsOf({ plans, servers }: Comparison): Record<string, string> {
  return Object.fromEntries([...plans, ...servers].map(({ id, bill }) => [id, bill.totalUsd]));
}

/** Of every size of server, whether it is ranked or not. */
function everyTotal({ plans, sizes }: Comparison): Record<string, string> {
  return Object.fromEntries([
    ...plans.map(({ id, bill }) => [id, bill.totalUsd]),
    ...sizes.flatMap(({ id, totalUsd }) => (totalUsd === null ? [] : [[id, totalUsd]])),
  ]);
}

function share(usedShare: string, count: number, carries: number) {
  return { count, carries, usedShare };
}

/** How much more each offer costs than before. */
function increases({ plans, servers }: Comparison, before: Comparison): Record<string, string> {
  const known = totalsOf(before);
  return Object.fromEntries(
    [...plans, ...servers].map(({ id, bill }) => [
      id,
      toUsd(fromUsd(bill.totalUsd) - fromUsd(known[id] ?? '')),
    ]),
  );
}

/** A test that compares with nothing is no test. */
function present<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new Error(`there is no ${what}`);
  return value;
}

describe('compare', () => {
  test('prices the workload of the Lambda pricing page on every plan and server', () => {
    const comparison = comparisonOf(shop);
    expect(totalsOf(comparison)).toEqual({
      'aws-lambda': '2.733338',
      'aws-lambda-provisioned-concurrency': '22.2751194',
      'google-cloud-run': '12.58',
      'google-cloud-run-instance-based': '52.596',
      'google-cloud-functions-1st-gen': '14.8',
      'azure-functions-flex': '154.5',
      'azure-functions-flex-always-ready': '118.224',
      'azure-functions-consumption': '2.64',
      'azure-functions-premium-EP1': '157.7165',
      'azure-functions-premium-EP2': '315.433',
      'azure-functions-premium-EP3': '630.866',
      'aws-ec2-t3.small': '15.184',
      'aws-ec2-t3.large': '60.736',
      'google-gce-e2-small': '12.22958415',
      'google-gce-e2-standard-2': '48.9183366',
      'azure-vm-B1ms': '15.111',
      'azure-vm-B2ms': '60.736',
    });
    expect(comparison.order).toEqual([
      'azure-functions-consumption',
      'aws-lambda',
      'google-gce-e2-small',
      'google-cloud-run',
      'google-cloud-functions-1st-gen',
      'azure-vm-B1ms',
      'aws-ec2-t3.small',
      'aws-lambda-provisioned-concurrency',
      'google-gce-e2-standard-2',
      'google-cloud-run-instance-based',
      'aws-ec2-t3.large',
      'azure-vm-B2ms',
      'azure-functions-flex-always-ready',
      'azure-functions-flex',
      'azure-functions-premium-EP1',
      'azure-functions-premium-EP2',
      'azure-functions-premium-EP3',
    ]);
    expect(comparison.unavailable).toEqual([]);
    expect(comparison.asOf).toBe(asOf);
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
      crossings: [{ requestsPerMonth: 6_890_825, dearer: 'plan' }],
      isComplete: true,
    });
  });

  test('a server is as many machines as carry the busiest moment, and an instance is kept for each request of it', () => {
    const { peakInFlight, plans, servers } = comparisonOf({ ...shop, peakToAverage: 100 });
    // 3,000,000 x 0.12 s x 100 over 2,628,000 s
    expect(peakInFlight).toBe('13.698630136986');
    const kept = [...plans, ...servers].map((offer) => [offer.id, offer.kept]);
    expect(Object.fromEntries(kept)).toEqual({
      'aws-lambda': null,
      'aws-lambda-provisioned-concurrency': share('0.009784735812', 14, 1),
      'google-cloud-run': null,
      'google-cloud-run-instance-based': share('0.009784735812', 14, 1),
      'google-cloud-functions-1st-gen': null,
      'azure-functions-flex': null,
      'azure-functions-flex-always-ready': share('0.009784735812', 14, 1),
      'azure-functions-consumption': null,
      'azure-functions-premium-EP1': share('0.009784735812', 14, 1),
      'azure-functions-premium-EP2': share('0.009784735812', 7, 2),
      'azure-functions-premium-EP3': share('0.008561643836', 4, 4),
      'aws-ec2-t3.small': share('0.009784735812', 14, 1),
      'aws-ec2-t3.large': share('0.009784735812', 7, 2),
      'google-gce-e2-small': share('0.009784735812', 14, 1),
      'google-gce-e2-standard-2': share('0.009784735812', 7, 2),
      'azure-vm-B1ms': share('0.009784735812', 14, 1),
      'azure-vm-B2ms': share('0.009784735812', 7, 2),
      // Of each provider the cheapest way to carry it; 14 B1ms are the cheapest on Azure.
      'aws-ec2-t3.medium': share('0.009784735812', 7, 2),
      'google-gce-e2-medium': share('0.009784735812', 7, 2),
    });
    const small = servers.find(({ id }) => id === 'aws-ec2-t3.small');
    expect(small?.bill.totalUsd).toBe('212.576');
  });

  test('an instance carries what may share it, and a machine so many on each vCPU', () => {
    const { servers } = comparisonOf({ ...shop, memoryMiB: 256, concurrencyPerInstance: 10 });
    expect(servers.map(({ id, kept }) => [id, kept?.carries])).toEqual([
      ['aws-ec2-t3.small', 20],
      ['aws-ec2-t3.large', 20],
      ['google-gce-e2-small', 20],
      ['google-gce-e2-standard-2', 20],
      ['azure-vm-B1ms', 10],
      ['azure-vm-B2ms', 20],
      ['aws-ec2-t3.nano', 20],
      ['google-gce-e2-micro', 20],
      ['azure-vm-B1ls', 10],
    ]);
  });

  test('bills egress on plans and servers, and the front door on plans, where they are asked for', () => {
    const plain = comparisonOf({ ...shop, responseKiB: 1024 });
    const full = comparisonOf({ ...shop, responseKiB: 1024, egress: true, frontDoor: true });
    // 3,000,000 responses of a MiB are 2,929.6875 GiB.
    const [aws, google, azure] = [
      String((2929.6875 - 100) * 0.09),
      String(1024 * 0.12 + (2929.6875 - 1 - 1024) * 0.11),
      '246.1828125',
    ];
    expect(increases(full, plain)).toMatchObject({
      // An answer of 1,024 KB counts twice at the gateway.
      'aws-lambda': String(Number(aws) + 6),
      'aws-ec2-t3.small': aws,
      'google-cloud-run': String(Number(google) + 3),
      'google-gce-e2-small': google,
      'google-cloud-functions-1st-gen': String((2929.6875 - 5) * 0.12 + 3),
      'azure-vm-B1ms': azure,
    });
    expect(full.notes.join(' ')).not.toContain('Data transfer');
    expect(full.notes.join(' ')).not.toContain('gateway');
    for (const { bill } of full.plans) expect(bill.priceList.sources.length).toBeGreaterThan(1);
  });

  test.each([
    {
      input: { ...shop, memoryMiB: 1537, durationMs: 1000 },
      notes: {
        'google-cloud-run': ['1537 MiB is billed as 2048 MiB, the next size, which has 1 vCPU'],
        'azure-functions-flex': ['1537 MiB is billed as 2048 MiB, the next size'],
      },
      why: 'a size between two takes the next one up',
    },
    {
      input: { ...shop, memoryMiB: 100, durationMs: 50 },
      notes: {
        'aws-lambda': ['100 MiB is billed as 128 MiB, the least there is'],
        'google-cloud-run': [
          '100 MiB is billed as 128 MiB, the next size, which has 0.083 vCPU',
          '50 ms is billed as 100 ms, the minimum',
        ],
        'azure-functions-flex': [
          '100 MiB is billed as 512 MiB, the next size',
          '50 ms is billed as 1000 ms, the minimum',
        ],
        'azure-functions-consumption': [
          '100 MiB is billed as 128 MiB, the next 128 MiB',
          '50 ms is billed as 100 ms, the minimum',
        ],
      },
      why: 'minimums are said',
    },
    {
      input: {
        ...shop,
        memoryMiB: 512,
        durationMs: 1000,
        concurrencyPerInstance: 8,
        architecture: 'arm64',
      },
      notes: {
        'aws-lambda': [
          'concurrencyPerInstance 8 has no effect: an instance serves one request at a time',
        ],
        'google-cloud-run': [
          'concurrencyPerInstance 8 has no effect: with 0.333 vCPU it must be 1',
          'architecture arm64 has no effect on this plan',
        ],
        'azure-functions-flex': ['architecture arm64 has no effect on this plan'],
        'azure-functions-consumption': [
          'concurrencyPerInstance 8 has no effect: each execution is billed by itself',
          'architecture arm64 has no effect on this plan',
        ],
      },
      why: 'what does not bear on a bill is said',
    },
    {
      input: { ...shop, memoryMiB: 512, durationMs: 240_000 },
      notes: {
        'aws-lambda': [
          'An answer over HTTP must come within 30000 ms; other triggers may take longer',
        ],
        'azure-functions-flex': [
          'An answer over HTTP must come within 230000 ms; other triggers may take longer',
        ],
        'azure-functions-consumption': [
          'An answer over HTTP must come within 230000 ms; other triggers may take longer',
        ],
      },
      why: 'a request too long for an HTTP answer is said',
    },
  ])('notes: $why', ({ input, notes }) => {
    const said = comparisonOf(input).plans.filter((offer) => offer.notes.length > 0);
    expect(Object.fromEntries(said.map((offer) => [offer.id, offer.notes]))).toMatchObject(notes);
  });

  test.each(['Data transfer', 'Cold starts', 'gateway', '730 hours', 'public address'])(
    'says what is on no bill: %s',
    (words) => {
      expect(comparisonOf(shop).notes.join(' ')).toContain(words);
    },
  );

  test.each([
    {
      input: { ...shop, memoryMiB: 1537 },
      ids: ['azure-functions-consumption'],
      says: 'memoryMiB is 1537; an instance has at most 1536 MiB',
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
        'azure-vm-B1ms',
        'azure-vm-B2ms',
      ],
      says: 'memoryMiB is 20000; an instance has at most 10240 MiB',
    },
    {
      input: { ...shop, durationMs: 900_001 },
      ids: [
        'aws-lambda',
        'aws-lambda-provisioned-concurrency',
        'google-cloud-functions-1st-gen',
        'azure-functions-consumption',
      ],
      says: 'durationMs is 900001; a function is stopped after 900000 ms',
    },
    {
      input: { ...shop, responseKiB: 7000 },
      ids: ['aws-lambda', 'aws-lambda-provisioned-concurrency'],
      says: 'responseKiB is 7000; a response that is not streamed has at most 6144 KiB',
    },
    {
      input: { ...shop, region: { google: 'europe-west3' } },
      ids: ['google-gce-e2-small', 'google-gce-e2-standard-2'],
      says: 'no known price in europe-west3; there is one in us-central1, us-east1, us-west1, asia-southeast1, asia-southeast2, europe-west1',
    },
  ])('what cannot carry it is listed with the reason: $says', ({ input, ids, says }) => {
    const { unavailable, order } = comparisonOf(input);
    expect(unavailable.map(({ id }) => id)).toEqual(ids);
    expect(unavailable[0]?.why).toBe(says);
    for (const id of ids) expect(order).not.toContain(id);
  });

  test('a server in a dearer region costs what it costs there', () => {
    expect(
      totalsOf(comparisonOf({ ...shop, region: { google: 'asia-southeast1' } })),
    ).toMatchObject({
      'google-gce-e2-small': '15.08657055',
      'google-gce-e2-standard-2': '60.3462822',
    });
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
    const workload = parseWorkload(shop);
    const first = compare(workload, { asOf });
    const before = structuredClone(first);
    first.workload.region.aws = 'changed';
    first.plans[0]?.bill.priceList.sources.push('changed');
    first.servers[0]?.bill.lines.pop();
    first.notes.pop();
    expect(compare(workload, { asOf })).toEqual(before);
  });
});

describe('for any workload', () => {
  test('the comparison fits its schema and covers every plan and server once', () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const comparison = compare(workload, { asOf });
        expect(v.parse(ComparisonSchema, comparison)).toEqual(comparison);
        const { plans, servers, sizes, order, unavailable } = comparison;
        const all = [...order, ...unavailable.map(({ id }) => id)];
        expect(new Set(all).size).toBe(all.length);
        expect(order.toSorted()).toEqual([...plans, ...servers].map(({ id }) => id).toSorted());
        const known = [...compare(parseWorkload(shop), { asOf }).plans, ...machines];
        const told = workload.everyServer ? all : [...all, ...sizes.map(({ id }) => id)];
        expect([...new Set(told)].toSorted()).toEqual(known.map(({ id }) => id).toSorted());
        expect(sizes.map(({ id }) => id)).toEqual(machines.map(({ id }) => id));
        expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
      }),
    );
  });

  test('every bill is exactly the sum of its lines, and every line of its tiers', () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const { plans, servers } = compare(workload, { asOf });
        for (const { bill } of [...plans, ...servers]) {
          const lines = bill.lines.reduce((sum, line) => sum + fromUsd(line.amountUsd), 0n);
          expect(lines).toBe(fromUsd(bill.totalUsd));
          for (const line of bill.lines) {
            if (!('tiers' in line)) continue;
            const tiers = line.tiers.reduce((sum, tier) => sum + fromUsd(tier.amountUsd), 0n);
            expect(tiers).toBe(fromUsd(line.amountUsd));
          }
        }
      }),
    );
  });

  test('every total is what exact arithmetic says, to the rounding of its tiers', () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const comparison = compare(workload, { asOf });
        const exact = exactPlanTotals(workload, workload.requestsPerMonth);
        expect(comparison.plans.map(({ id }) => id).toSorted()).toEqual(
          Object.keys(exact).toSorted(),
        );
        for (const { id, bill } of comparison.plans) {
          const { top, bottom } = present(exact[id], id);
          const off = fromUsd(bill.totalUsd) * bottom - top;
          // Half a picodollar for each of at most four tiers.
          expect(off < 0n ? -off : off).toBeLessThanOrEqual(2n * bottom);
        }
        const exactly = exactServerTotals(workload);
        for (const { id, totalUsd, kept, why } of comparison.sizes) {
          const known = exactly[id];
          expect([id, totalUsd === null, kept === null, why === null]).toEqual(
            known === undefined ? [id, true, true, false] : [id, false, false, true],
          );
          if (known === undefined) continue;
          const off = fromUsd(totalUsd ?? '') * known.bottom - known.top;
          // Half a picodollar for each of at most six lines.
          expect(off < 0n ? -off : off).toBeLessThanOrEqual(3n * known.bottom);
        }
        for (const { id, bill, kept } of comparison.servers) {
          const size = comparison.sizes.find((each) => each.id === id);
          expect([bill.totalUsd, kept]).toEqual([size?.totalUsd, size?.kept]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('the order is cheapest first, and alike by id', () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const comparison = compare(workload, { asOf });
        const totals = everyTotal(comparison);
        comparison.order.slice(1).forEach((id, index) => {
          const before = comparison.order[index] ?? '';
          const [cheaper, dearer] = [fromUsd(totals[before] ?? ''), fromUsd(totals[id] ?? '')];
          expect(cheaper < dearer || (cheaper === dearer && before < id)).toBe(true);
        });
      }),
    );
  });

  test('at every crossing the dearer one changes, and one request fewer it has not', () => {
    fc.assert(
      fc.property(anyWorkload, fc.boolean(), (plain, isFull) => {
        const workload = { ...plain, egress: isFull, frontDoor: isFull };
        const { plans, servers, breakEven } = compare(workload, { asOf });
        expect(breakEven.map(({ plan, server }) => ({ plan, server }))).toEqual(
          plans.flatMap((plan) => servers.map((server) => ({ plan: plan.id, server: server.id }))),
        );
        const at = new Map<number, Record<string, string>>();
        const isDearer = (plan: string, server: string, requests: number): boolean => {
          const totals =
            at.get(requests) ??
            everyTotal(compare({ ...workload, requestsPerMonth: requests }, { asOf }));
          at.set(requests, totals);
          const [mine, theirs] = [totals[plan], totals[server]];
          return fromUsd(present(mine, plan)) > fromUsd(present(theirs, server));
        };
        for (const { plan, server, requestsPerMonth, crossings } of breakEven) {
          expect(requestsPerMonth).toBe(crossings[0]?.requestsPerMonth ?? null);
          for (const { requestsPerMonth: point, dearer } of crossings.slice(0, 2)) {
            expect(isDearer(plan, server, point)).toBe(dearer === 'plan');
            if (point === 0) continue;
            expect(isDearer(plan, server, point - 1)).toBe(dearer === 'server');
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  test('more requests, more time or more memory never costs less', () => {
    const field = fc.constantFrom('requestsPerMonth', 'durationMs', 'memoryMiB');
    fc.assert(
      fc.property(anyWorkload, anyWorkload, field, (one, other, grows) => {
        // On Cloud Run more memory brings a whole vCPU, and with it the right to share an instance.
        const shared = grows === 'memoryMiB' ? { concurrencyPerInstance: 1 } : {};
        const [small, large] =
          one[grows] <= other[grows]
            ? [{ ...one, ...shared }, other]
            : [{ ...other, ...shared }, one];
        const less = everyTotal(compare(small, { asOf }));
        const more = everyTotal(compare({ ...small, [grows]: large[grows] }, { asOf }));
        for (const [id, total] of Object.entries(more)) {
          // What serves the larger workload serves the smaller one too.
          expect(fromUsd(total)).toBeGreaterThanOrEqual(fromUsd(present(less[id], id)));
        }
      }),
    );
  });

  test('sharing instances never costs more', () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const alone = everyTotal(compare({ ...workload, concurrencyPerInstance: 1 }, { asOf }));
        for (const [id, total] of Object.entries(everyTotal(compare(workload, { asOf })))) {
          expect(fromUsd(total)).toBeLessThanOrEqual(fromUsd(present(alone[id], id)));
        }
      }),
    );
  });

  test('going without the free tier is never cheaper', () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const listed = everyTotal(compare({ ...workload, freeTier: false }, { asOf }));
        const allowed = everyTotal(compare({ ...workload, freeTier: true }, { asOf }));
        for (const [id, total] of Object.entries(listed)) {
          expect(fromUsd(total)).toBeGreaterThanOrEqual(fromUsd(present(allowed[id], id)));
        }
      }),
    );
  });
});
