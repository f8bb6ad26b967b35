import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { fromUsd, toUsd } from '../money/picodollars.ts';
import type { MeterPrice } from '../pricing/price-list.ts';
import { isMore, plus, ratio, toDecimal, zero, type Quantity } from '../pricing/quantity.ts';
import { BillDocumentSchema } from './bill-schema.ts';
import { billUsage } from './bill-usage.ts';
import { parseUsage, type Usage, type UsageItem } from './parse-usage.ts';
import { listOf } from './service.ts';
import { usageDocumentSchema } from './usage-schema.ts';
import { billedServices } from './services.generated.ts';
import { anyItem } from './testing/any-usage.ts';
import { priceLists, withOwnPrices } from '../price-lists.ts';

const UsageDocumentSchema = usageDocumentSchema(priceLists);
const asOf = '2026-11-22';
const each = billedServices.map((service) => ({ id: service.id, service }));
const anyDocument = fc.record({
  freeTier: fc.boolean(),
  items: fc.array(fc.oneof(...billedServices.map(anyItem)), { minLength: 1, maxLength: 6 }),
});

function totalOf(usage: Usage): bigint {
  return fromUsd(billUsage(usage, { asOf }).totalUsd);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The same usage with one metered quantity changed. */
function withQuantity(usage: Usage, at: number, change: (used: Quantity) => Quantity): Usage {
  let index = -1;
  const items = usage.items.map((item): UsageItem => {
    const metered = item.metered.map((meter) => {
      index += 1;
      return index === at ? { ...meter, quantity: change(meter.quantity) } : meter;
    });
    return { ...item, metered };
  });
  return { ...usage, items };
}

describe.each(each)('a bill of $id', ({ service }) => {
  const anyUsage = fc
    .record({
      freeTier: fc.boolean(),
      items: fc.array(anyItem(service), { minLength: 1, maxLength: 3 }),
    })
    .map((document) => ({ document, usage: parseUsage(document, priceLists) }));

  test('is exactly the sum of its lines, and in the form of a bill document', () => {
    fc.assert(
      fc.property(anyUsage, ({ document, usage }) => {
        expect(v.is(UsageDocumentSchema, document)).toBe(true);
        const bill = billUsage(usage, { asOf });
        expect(v.parse(BillDocumentSchema, bill)).toEqual(bill);
        const sum = bill.lines.reduce((total, line) => total + fromUsd(line.amountUsd), 0n);
        expect(bill.totalUsd).toBe(toUsd(sum));
        for (const line of bill.lines) {
          if (!('tiers' in line)) continue;
          const tiers = line.tiers.reduce((total, tier) => total + fromUsd(tier.amountUsd), 0n);
          expect(line.amountUsd).toBe(toUsd(tiers));
        }
      }),
    );
  });

  test('is no less for more of anything that is metered', () => {
    fc.assert(
      fc.property(
        anyUsage,
        fc.nat(),
        fc.bigInt({ min: 1n, max: 10n ** 10n }),
        fc.nat(),
        ({ usage }, at, more, bound) => {
          const meters = usage.items.flatMap(({ metered }) => metered);
          const meter = meters[at % Math.max(meters.length, 1)];
          fc.pre(meter !== undefined);
          // Just beyond where an allowance or a tier ends, or anywhere.
          const ends = endsOf(meter.price);
          const end = ends[bound % ends.length] ?? zero;
          const dearer = withQuantity(usage, at % meters.length, (used) =>
            plus(isMore(end, used) ? end : used, { numerator: more, denominator: 1000n }),
          );
          expect(totalOf(dearer)).toBeGreaterThanOrEqual(totalOf(usage));
        },
      ),
    );
  });

  test('is the same for a use that is parted into two items', () => {
    fc.assert(
      fc.property(anyUsage, fc.nat(), ({ usage }, at) => {
        const [first] = usage.items;
        fc.pre(first !== undefined && first.metered.length > 0);
        const part = at % first.metered.length;
        const halved = withQuantity(usage, part, halfOf);
        const rest = first.metered[part];
        fc.pre(rest !== undefined);
        const second = { ...first, metered: [{ ...rest, quantity: halfOf(rest.quantity) }] };
        const parted = { ...halved, items: [...halved.items, second] };
        expect(totalOf(parted)).toBe(totalOf(usage));
      }),
    );
  });

  test('uses every price of the list, and no other', () => {
    const used = new Set(
      fc
        .sample(anyItem(service), { numRuns: 3000, seed: 1 })
        .flatMap((item) => parseUsage({ items: [item] }, priceLists).items)
        .flatMap(({ metered }) => metered)
        .filter(({ price }) => price.list.service === listOf(service, priceLists).service)
        .map(({ price }) => price.id),
    );
    expect([...used].toSorted()).toEqual(
      [...new Set(listOf(service, priceLists).data.prices.map(({ id }) => id))].toSorted(),
    );
  });
});

function endsOf({ allowance, tiers }: MeterPrice): readonly Quantity[] {
  const upTo = tiers.map((tier) =>
    plus(allowance, { numerator: tier.upTo ?? 0n, denominator: 1n }),
  );
  return [zero, allowance, ...upTo];
}

function halfOf({ numerator, denominator }: Quantity): Quantity {
  return { numerator, denominator: denominator * 2n };
}

const none = { allowanceGroup: 'none', allowance: { numerator: 1n, denominator: 10n ** 12n } };

describe('a bill of anything', () => {
  test('does not depend on the order of the items', () => {
    fc.assert(
      fc.property(anyDocument, fc.infiniteStream(fc.nat()), (document, random) => {
        const shuffled = document.items
          .map((item) => ({ item, key: random.next().value }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ item }) => item);
        const lines = (items: readonly unknown[]) =>
          billUsage(parseUsage({ ...document, items }, priceLists), { asOf }).lines.map((line) => ({
            ...line,
            items: line.items.length,
          }));
        expect(lines(shuffled)).toEqual(lines(document.items));
      }),
    );
  });

  test('uses no allowance twice', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const usage = parseUsage({ ...document, freeTier: true }, priceLists);
        const prices = new Map(
          usage.items
            .flatMap(({ metered }) => metered)
            .map(({ price }) => [
              `${price.list.service} ${price.region} ${price.id} ${toDecimal(price.allowance)}`,
              price,
            ]),
        );
        const taken = new Map<string, Quantity>();
        for (const line of billUsage(usage, { asOf }).lines) {
          const price = prices.get(
            `${line.service} ${line.region} ${line.price} ${line.allowance}`,
          );
          // What has no allowance has an allowance group of its own, from which nothing may be deducted.
          const { allowanceGroup, allowance } = price?.allowanceGroup
            ? { ...price, allowanceGroup: price.allowanceGroup }
            : none;
          const [whole = '0', fraction = ''] = line.free.split('.');
          const free = {
            numerator: BigInt(whole + fraction),
            denominator: 10n ** BigInt(fraction.length),
          };
          taken.set(
            allowanceGroup,
            plus(taken.get(allowanceGroup) ?? zero, ratio(free, allowance)),
          );
        }
        for (const part of taken.values()) {
          // Printed to twelve decimals, rounded half up.
          const one = { numerator: 1_000_000_001n, denominator: 1_000_000_000n };
          expect(isMore(part, one)).toBe(false);
        }
      }),
    );
  });

  test('uses a shared allowance up to the last unit, however many share it', () => {
    const regions = ['us-east-1', 'us-west-1', 'eu-west-3', 'sa-east-1', 'ap-south-1'];
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 2500 }), { minLength: 1, maxLength: 5 }), (used) => {
        const items = used.map((transitions, index) => ({
          service: 'aws-step-functions',
          region: regions[index],
          usage: { transitions },
        }));
        const { lines } = billUsage(parseUsage({ items }, priceLists), { asOf });
        expect(sumOf(lines.map(({ free }) => Number(free)))).toBe(Math.min(4000, sumOf(used)));
      }),
    );
  });

  test('takes a shared allowance off the dearest first', () => {
    const lambda = { service: 'aws-lambda', region: 'us-east-1' };
    const use = { requests: 1_000_000, durationMs: 1024, memoryMiB: 512 };
    const { lines, totalUsd } = billUsage(
      parseUsage(
        {
          items: [
            { ...lambda, usage: { ...use, architecture: 'arm64' } },
            { ...lambda, usage: use },
          ],
        },
        priceLists,
      ),
      { asOf },
    );
    expect(
      lines.map(({ price, items, used, free, billed }) => [price, items, used, free, billed]),
    ).toEqual([
      ['requests', [0, 1], '2000000', '1000000', '1000000'],
      ['compute-x86_64', [1], '512000', '400000', '112000'],
      ['compute-arm64', [0], '512000', '0', '512000'],
    ]);
    // 0.2 + 112,000 x 0.0000166667 + 512,000 x 0.0000133334
    expect(totalUsd).toBe('8.8933712');
  });

  test.each([
    { on: '2027-11-22', warnings: [], why: 'a year is not more than a year' },
    {
      on: '2027-11-23',
      warnings: [
        {
          vi: 'Giá của aws-sqs là giá ngày 2026-11-22, cũ hơn ngày 2027-11-23 quá một năm.',
          en: 'The prices of aws-sqs are of 2026-11-22, more than a year before 2027-11-23.',
        },
      ],
      why: 'a day more is',
    },
    { on: '2026-11-22', warnings: [], why: 'prices of the day are right' },
    {
      on: '2026-11-21',
      warnings: [
        {
          vi: 'Giá của aws-sqs là giá ngày 2026-11-22, mới hơn ngày 2026-11-21; vào ngày đó giá có thể khác.',
          en: 'The prices of aws-sqs are of 2026-11-22, newer than 2026-11-21; they may have been different on that day.',
        },
      ],
      why: 'prices of a later day may not be',
    },
  ])('says whether prices are of another time on $on: $why', ({ on, warnings }) => {
    const item = { service: 'aws-sqs', region: 'us-east-1', usage: { requests: 1 } };
    expect(billUsage(parseUsage({ items: [item] }, priceLists), { asOf: on }).warnings).toEqual(
      warnings,
    );
  });

  test('says which prices were not read in their source', () => {
    const item = {
      service: 'google-cloud-storage',
      region: 'us-central1',
      usage: { storageGibMonths: 0, classAOperations: 1, classBOperations: 1 },
    };
    const { lines, warnings } = billUsage(parseUsage({ items: [item] }, priceLists), { asOf });
    expect(lines.map(({ price, confidence }) => [price, confidence])).toEqual([
      ['standard', 'open-source'],
      ['class-a', 'unverified'],
      ['class-b', 'unverified'],
    ]);
    expect(warnings).toEqual([
      {
        vi: 'Giá google-cloud-storage/class-a ở us-central1 chưa được kiểm chứng; hãy đối chiếu với https://cloud.google.com/storage/pricing.',
        en: 'The price google-cloud-storage/class-a in us-central1 is unverified; compare it with https://cloud.google.com/storage/pricing.',
      },
      expect.objectContaining({
        en: 'The price google-cloud-storage/class-b in us-central1 is unverified; compare it with https://cloud.google.com/storage/pricing.',
      }),
    ]);
  });

  test('says where it goes beyond the prices that are known', () => {
    const usage = { requests: 100_001_000_001 };
    const item = { service: 'aws-sqs', region: 'eu-west-1', usage };
    expect(billUsage(parseUsage({ items: [item] }, priceLists), { asOf }).warnings).toEqual([
      {
        vi: 'Không rõ giá aws-sqs/standard ở eu-west-1 khi vượt quá 100.000.000.000 request; phần vượt tính theo giá cuối cùng đã biết.',
        en: 'The price aws-sqs/standard in eu-west-1 above 100,000,000,000 request is not known; the last known one is taken.',
      },
    ]);
  });
});

describe('own prices', () => {
  test('are named by the bill that uses them, and by no other', () => {
    const usage = { requests: 2_000_000, durationMs: 100, memoryMiB: 1024 };
    const lambda = { service: 'aws-lambda', region: 'us-east-1', usage };
    const prices = withOwnPrices({ 'aws-lambda/requests': '0.000001', 'aws-ec2': '-12%' });
    const bill = billUsage(parseUsage({ items: [lambda] }, prices), { asOf: '2026-11-22' });
    expect(bill.ownPrices).toEqual([{ key: 'aws-lambda/requests', value: '0.000001' }]);
    // The free million stays; the other is 1 USD.
    expect(bill.lines[0]).toMatchObject({ confidence: 'own', free: '1000000', amountUsd: '1' });
    expect(bill.lines[1]).toMatchObject({ confidence: 'open-source' });
    const listed = billUsage(parseUsage({ items: [lambda] }, priceLists), { asOf: '2026-11-22' });
    expect(listed.ownPrices).toEqual([]);
  });

  test('end the warning that no price is known beyond a quantity', () => {
    const items = [
      { service: 'aws-sqs', region: 'eu-west-1', usage: { requests: 100_001_000_001 } },
    ];
    const warnings = (own: object) =>
      billUsage(parseUsage({ items }, withOwnPrices(own)), { asOf: '2026-11-22' }).warnings.length;
    expect([{}, { 'aws-sqs': '-1%' }, { 'aws-sqs/standard': '0' }].map(warnings)).toEqual([
      1, 1, 0,
    ]);
  });
});
