import { readFileSync } from 'node:fs';
import { InvalidInputError } from '@tricloud/core';
import { describe, expect, test } from 'vitest';
import { readBills } from './bills.ts';
import { runExample } from './run-example.ts';

interface Bill {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly origin: string;
  readonly usage: { readonly items: readonly { readonly service: string }[] };
  readonly expected: {
    readonly lines?: Readonly<Record<string, number>>;
    readonly totalUsd?: number;
  };
  readonly toleranceUsd: number;
  readonly errata?: string;
}

/** Parsed anew, as `JSON.parse` gives what a test says it gives. */
const bills: readonly Bill[] = JSON.parse(JSON.stringify(await readBills()));
const workedOut: readonly Bill[] = JSON.parse(
  readFileSync(new URL('./testing/worked-out.json', import.meta.url), 'utf8'),
);
const rightly = bills.filter(({ errata }) => errata === undefined);

describe('the published bills', () => {
  test.each(rightly)('$id is as printed ($origin): $title', (bill) => {
    expect(runExample(bill)).toMatchObject({ id: bill.id, within_tolerance: true });
  });

  test('are all here: 71 of the first list and 98 further ones, each once', () => {
    const ids = bills.map(({ id }) => id);
    const counts: Record<string, number> = {};
    for (const id of ids) {
      const kind = id.split('-')[0] ?? '';
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    expect(counts).toEqual({ aws: 42, gcp: 14, azure: 15, ic: 81, page: 15, fb: 2 });
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('have one misprint, which the arithmetic finds', () => {
    expect(
      bills.filter((bill) => bill.errata !== undefined).map((bill) => runExample(bill)),
    ).toEqual([
      {
        id: 'aws-lambda-08',
        lines: { 'compute-x86_64': 993.33532, requests: 6, 'kafka-pollers': 148 },
        total_usd: 1147.33532,
        within_tolerance: false,
        misprint: true,
      },
    ]);
  });

  test('say where they come from, and which of them nobody could look up', () => {
    expect(bills.filter(({ source, origin }) => !source || !origin)).toEqual([]);
    const unverified = bills.filter(({ origin }) => origin === 'recalled-unverified');
    expect(unverified.map(({ id }) => id)).toEqual([
      'aws-firehose-03',
      'azure-cons-01',
      'gcp-gcf1-02',
    ]);
  });

  test.each(rightly)('$id fails when any printed amount is another', (bill) => {
    const { lines = {}, totalUsd } = bill.expected;
    const changes = [
      ...Object.entries(lines).map(([name, usd]) => ({ lines: { ...lines, [name]: usd + 1 } })),
      ...(totalUsd === undefined ? [] : [{ totalUsd: totalUsd + 1 }]),
    ];
    for (const change of changes) {
      const expected = { ...bill.expected, ...change };
      expect(runExample({ ...bill, expected }).within_tolerance).toBe(false);
    }
  });
});

test.each(workedOut)('what is worked out by hand comes out: $id, $title', (bill) => {
  expect(runExample(bill)).toMatchObject({ id: bill.id, within_tolerance: true });
});

const sqs = (requests: number) => ({
  service: 'aws-sqs',
  region: 'us-east-1',
  usage: { requests },
});
const twoMillion = { freeTier: false, items: [sqs(2_000_000)] };
const usage = { usage: twoMillion };
const lambda = {
  freeTier: false,
  items: [
    {
      service: 'aws-lambda',
      region: 'us-east-1',
      usage: { requests: 2_000_000, durationMs: 1000, memoryMiB: 1024 },
    },
    sqs(1_000_000),
  ],
};

describe('an example', () => {
  test.each([
    {
      why: 'a usage document in `usage`',
      example: { id: 'x', ...usage, expected: { totalUsd: 0.8 } },
      result: { id: 'x', lines: {}, total_usd: 0.8, within_tolerance: true },
    },
    {
      why: 'a plain usage document with `expected`',
      example: { ...twoMillion, expected: { lines: { standard: '0.8' } } },
      result: { id: '', lines: { standard: 0.8 }, total_usd: 0.8, within_tolerance: true },
    },
    {
      why: 'the free tier, unless it is turned off',
      example: { items: [sqs(2_000_000)], expected: { totalUsd: 0.4 } },
      result: { id: '', lines: {}, total_usd: 0.4, within_tolerance: true },
    },
    {
      why: 'a line under each of its names, tiers and sums',
      example: {
        ...lambda,
        expected: {
          lines: {
            requests: 0.4,
            'aws-lambda/requests': 0.4,
            'requests@us-east-1': 0.4,
            'aws-sqs/standard@us-east-1': 0.4,
            'requests+standard': 0.8,
            'compute-x86_64[1]+requests[1]': 33.7334,
            'compute-x86_64[2]': 0,
          },
        },
      },
      result: { total_usd: 34.1334, within_tolerance: true },
    },
    {
      why: 'quantities where no money is printed',
      example: { ...lambda, expected: { quantities: { 'compute-x86_64': 2_000_000 } } },
      result: {
        lines: { 'compute-x86_64': 2_000_000 },
        total_usd: null,
        within_tolerance: true,
      },
    },
    {
      why: 'a price and a discount of its own',
      example: {
        ...lambda,
        prices: { 'aws-sqs/standard': '0.000001', 'aws-lambda': '-50%' },
        expected: { lines: { standard: 1, requests: 0.2 } },
      },
      result: { within_tolerance: true },
    },
    {
      why: 'an allowance of its own, and none of another',
      example: {
        ...lambda,
        freeTier: true,
        allowances: { 'aws-sqs/standard': 500_000, 'aws-lambda/requests+compute-x86_64': '0' },
        expected: { lines: { standard: 0.2, requests: 0.4 } },
      },
      result: { total_usd: 33.9334, within_tolerance: true },
    },
    {
      why: 'two items at one price, which share its tiers',
      example: {
        items: Array.from({ length: 2 }, () => ({
          service: 'aws-api-gateway-http',
          region: 'us-east-1',
          usage: { requests: 300_000_000 },
        })),
        allowances: { 'aws-api-gateway-http/requests': 1_000_000 },
        expected: { lines: { requests: 569.1, 'requests[2]': 269.1 }, totalUsd: 569.1 },
      },
      result: { within_tolerance: true },
    },
    {
      why: 'a line that no list prices',
      example: {
        ...usage,
        other: [{ line: 'support', quantity: 3, unitPriceUsd: '0.1' }],
        expected: { lines: { support: 0.3 }, totalUsd: 1.1 },
        toleranceUsd: 0,
      },
      result: { lines: { support: 0.3 }, total_usd: 1.1, within_tolerance: true },
    },
    {
      why: 'an amount as far off as is tolerated',
      example: { ...usage, expected: { totalUsd: 0.83 }, toleranceUsd: 0.03 },
      result: { within_tolerance: true },
    },
    {
      why: 'an amount that is further off',
      example: { ...usage, expected: { totalUsd: '0.830000000001' }, toleranceUsd: 0.03 },
      result: { within_tolerance: false },
    },
    {
      why: 'an amount that is further off below',
      example: { ...usage, expected: { totalUsd: '0.769999999999' }, toleranceUsd: 0.03 },
      result: { within_tolerance: false },
    },
    {
      why: 'a cent off where no tolerance is given',
      example: { ...usage, expected: { totalUsd: 0.81 } },
      result: { within_tolerance: true },
    },
    {
      why: 'a line that is off while the total is not',
      example: { ...usage, expected: { lines: { standard: 0.9 }, totalUsd: 0.8 } },
      result: { within_tolerance: false },
    },
    {
      why: 'a line with a tolerance of its own, which the total does not have',
      example: {
        ...usage,
        expected: { lines: { standard: 0.9 }, totalUsd: 0.8 },
        lineToleranceUsd: 0.1,
      },
      result: { within_tolerance: true },
    },
    {
      why: 'a total that is off, whatever the lines may be',
      example: { ...usage, expected: { totalUsd: 0.9 }, lineToleranceUsd: 0.1 },
      result: { within_tolerance: false },
    },
    {
      why: 'a misprint',
      example: { ...usage, expected: { totalUsd: 9 }, errata: 'The page is wrong.' },
      result: { within_tolerance: false, misprint: true },
    },
  ])('is $why', ({ example, result }) => {
    expect(runExample(example)).toMatchObject(result);
  });

  test.each([{ errata: '' }, { errata: 'The page is wrong.', expected: { totalUsd: 0.8 } }, {}])(
    'is no misprint: %o',
    (change) => {
      const result = runExample({ ...usage, expected: { totalUsd: 9 }, ...change });
      expect(result).not.toHaveProperty('misprint');
    },
  );
});

const expected = { totalUsd: 0.8 };
const right = { ...usage, expected };

describe('an example is refused', () => {
  test.each([
    { example: 5, faults: ['An example is 5, but must be an object with id, title'] },
    { example: [], faults: ['An example is an empty array'] },
    { example: usage, faults: ['expected is missing, but must be an object with lines'] },
    {
      example: { ...usage, expected: {} },
      faults: ['expected is an object, but must be an object with at least one of lines'],
    },
    {
      example: { ...right, expectd: 1 },
      faults: ['expectd is 1, but there is no such field; the fields are id, title'],
    },
    {
      example: { expected },
      faults: ['items is missing, but must be an array of 1 to 1000 items'],
    },
    {
      example: { ...right, items: [] },
      faults: [
        'An example is an object, but must be an object with either usage or freeTier and items',
      ],
    },
    {
      example: { usage: { items: [{ ...sqs(-1), regio: 1 }] }, expected: { totalUsd: 'x' } },
      faults: [
        'expected.totalUsd is "x", but must be a number of zero or more, or a text',
        'usage.items[0].regio is 1, but there is no such field; the fields are service, region, plan, usage; "region" may be meant',
        'usage.items[0].usage.requests is -1, but must be a whole number',
      ],
    },
    {
      example: { usage: { items: [{ ...sqs(1), service: 'aws-sqss' }] }, expected },
      faults: ['usage.items[0].service is "aws-sqss", but must be one of'],
    },
    {
      example: { ...right, prices: { 'aws-sqs/standrd': '0.1' } },
      faults: [
        '"prices.aws-sqs/standrd" names no price of aws-sqs; its prices are standard, fifo, fair; "aws-sqs/standard" may be meant',
      ],
    },
    {
      example: { ...right, prices: { 'aws-sqs/standard': -1 } },
      faults: ['"prices.aws-sqs/standard" is -1, but must be US dollars per unit'],
    },
    {
      example: { ...right, allowances: { 'aws-sqs/standard+ffo': 1 } },
      faults: [
        '"allowances.aws-sqs/standard+ffo" names "aws-sqs/ffo", but must name one of aws-sqs/standard',
      ],
    },
    {
      example: { ...right, allowances: { 'aws-sqs/standrd': 1, 'aws-sqs/x': 2 } },
      faults: [
        '"allowances.aws-sqs/standrd" names "aws-sqs/standrd", but must name one of aws-sqs/standard; "aws-sqs/standard" may be meant',
        '"allowances.aws-sqs/x" names "aws-sqs/x"',
      ],
    },
    {
      example: { ...right, other: [{ line: 'support', quantity: -3, unitPriceUsd: 1 }] },
      faults: ['other[0].quantity is -3, but must be a number of zero or more'],
    },
    {
      example: { ...usage, expected: { lines: { standrd: 1 }, quantities: { carats: 1 } } },
      faults: [
        'expected.lines.standrd names "standrd", but must name one of standard; "standard" may be meant',
        'expected.quantities.carats names "carats", but must name one of standard',
      ],
    },
    {
      example: { ...usage, expected: { lines: { 'standard[2]': 1, 'standard+x': 1 } } },
      faults: [
        'expected.lines.standard[2] names "standard[2]"',
        '"expected.lines.standard+x" names "x"',
      ],
    },
    { example: { ...right, toleranceUsd: null }, faults: ['toleranceUsd is null, but must be'] },
  ])('with $faults', ({ example, faults }) => {
    const beginnings = messagesOf(example).map((message, index) =>
      message.slice(0, faults[index]?.length),
    );
    expect(beginnings).toEqual(faults);
  });
});

function messagesOf(example: unknown): readonly string[] {
  try {
    runExample(example);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return error.faults.map((fault) => new InvalidInputError([fault]).message);
  }
  return [];
}
