import { readFileSync } from 'node:fs';
import { InvalidInputError } from '@tricloud/core';
import { describe, expect, test } from 'vitest';
import { runExample } from './run-example.ts';

interface Golden {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly origin: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: { readonly lines: Readonly<Record<string, number>> };
  readonly tolerance_usd: number;
  readonly errata?: string;
}

function billsIn(file: string): readonly Golden[] {
  return JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
}

const bills = [...billsIn('bills.json'), ...billsIn('more-bills.json')];

/** Where a page rounds on the way to a line, and how far that takes the line from exact arithmetic. */
const roundedOnTheWay: Readonly<Record<string, number>> = {
  // Each day's cost is rounded to the cent, then taken thirty times.
  'gcp-firestore-01': 0.121,
  'gcp-firestore-03': 0.121,
  'page-firestore-01': 0.121,
};

const isRead = (bill: Golden): boolean => {
  try {
    runExample(bill);
    return true;
  } catch (error) {
    if (error instanceof InvalidInputError) return false;
    throw error;
  }
};
const read = bills.filter(isRead);

describe('the published bills', () => {
  test.each(read.filter(({ errata }) => errata === undefined))(
    '$id comes out as printed ($origin): $title',
    (bill) => {
      const { lines, within_tolerance: isAsPrinted } = runExample(bill);
      expect(isAsPrinted).toBe(true);
      expect(Object.keys(lines)).toEqual(Object.keys(bill.expected.lines));
      const tolerance = roundedOnTheWay[bill.id] ?? bill.tolerance_usd;
      for (const [name, printed] of Object.entries(bill.expected.lines)) {
        expect(Math.abs((lines[name] ?? Number.NaN) - printed)).toBeLessThanOrEqual(
          tolerance + 1e-9,
        );
      }
    },
  );

  test('are all read', () => {
    expect(bills.filter((bill) => !read.includes(bill)).map(({ id }) => id)).toEqual([]);
  });

  test('say where they come from, and which of them nobody could look up', () => {
    expect(bills.filter(({ source, origin }) => source === '' || origin === '')).toEqual([]);
    expect(
      bills.filter(({ origin }) => origin === 'recalled-unverified').map(({ id }) => id),
    ).toEqual(['aws-firehose-03', 'gcp-gcf1-02', 'azure-cons-01']);
  });
});

/** The fields that a bill is refused for; `['negative']` where it comes to no sum. */
function fieldsRefused(bill: unknown): readonly string[] {
  try {
    const { total_usd: total } = runExample(bill);
    return total === null || total >= 0 ? [] : ['negative'];
  } catch (error) {
    if (error instanceof InvalidInputError) return error.faults.map(({ path }) => path);
    throw error;
  }
}

describe.each(bills)('the bill $id, changed', (bill) => {
  const withInput = (name: string, value: unknown) => ({
    ...bill,
    inputs: { ...bill.inputs, [name]: value },
  });

  test('is refused for a number that is a text, and for a field that is not known', () => {
    const numbers = Object.entries(bill.inputs).filter(([, value]) => typeof value === 'number');
    for (const [name, value] of numbers) {
      expect(fieldsRefused(withInput(name, String(value)))).toEqual([`inputs.${name}`]);
    }
    expect(fieldsRefused(withInput('colour', 'red'))).toEqual(['inputs.colour']);
  });

  test('is billed or refused by name, whatever field is left out or nothing', () => {
    const refused = Object.keys(bill.inputs).flatMap((name) => {
      const { [name]: _, ...inputs } = bill.inputs;
      return [...fieldsRefused({ ...bill, inputs }), ...fieldsRefused(withInput(name, 0))];
    });
    expect(refused.filter((path) => !/^(inputs\.|items\[\d\]\.)/.test(path))).toEqual([]);
  });

  test('comes to the same where a field that may be left out is null', () => {
    for (const name of Object.keys(bill.inputs)) {
      const { [name]: _, ...inputs } = bill.inputs;
      const without = { ...bill, inputs };
      if (name === 'free_tier' || fieldsRefused(without).length > 0) continue;
      expect(runExample(withInput(name, null))).toEqual(runExample(without));
    }
    expect(fieldsRefused(withInput('colour', null))).toEqual(['inputs.colour']);
  });

  test('comes to the same where no line is printed', () => {
    const unprinted = { ...bill, expected: { ...bill.expected, lines: {} } };
    expect(runExample(unprinted).total_usd).toBe(runExample(bill).total_usd);
  });
});

describe('an example', () => {
  const sqs = {
    id: 'x',
    provider: 'aws',
    service: 'sqs',
    inputs: { type: 'fifo', requests: 3_000_000, free_tier: { requests: 1_000_000 } },
    expected: { lines: { requests: 1 }, total_usd: 1 },
    tolerance_usd: 0,
  };

  test('takes off the allowance that it states and no other', () => {
    expect(runExample(sqs)).toEqual({
      id: 'x',
      lines: { requests: 1 },
      total_usd: 1,
      within_tolerance: true,
    });
    expect(runExample({ ...sqs, inputs: { type: 'fifo', requests: 3_000_000 } }).total_usd).toBe(
      1.5,
    );
  });

  test.each([
    { printed: 1, errata: 'The page is wrong.', result: { within_tolerance: true } },
    { printed: 2, errata: undefined, result: { within_tolerance: false } },
    {
      printed: 2,
      errata: 'The page is wrong.',
      result: { within_tolerance: false, misprint: true },
    },
  ])('printed as $printed with errata $errata', ({ printed, errata, result }) => {
    const {
      id: _,
      lines: __,
      total_usd: ___,
      ...judged
    } = runExample({
      ...sqs,
      expected: { lines: {}, total_usd: printed },
      ...(errata === undefined ? {} : { errata }),
    });
    expect(judged).toEqual(result);
  });

  test('with a field that is not known is refused, and the field named', () => {
    expect(() => runExample({ ...sqs, inputs: { ...sqs.inputs, colour: 'red' } })).toThrow(
      'inputs.colour is "red", but there is no such field',
    );
  });

  test('of a service that is not known is refused', () => {
    expect(() => runExample({ ...sqs, service: 'sqss' })).toThrow('aws-sqss is meant');
  });
});
