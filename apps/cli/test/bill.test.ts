import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { billedServices, billUsage, meterName, parseUsage } from '@tricloud/core';
import { priceLists, withOwnPrices } from '@tricloud/core/price-lists';
import { describe, expect, test } from 'vitest';
import { billLines, type Layout } from '../src/bill/bill-lines.ts';
import { englishIn } from '../src/testing/english.ts';
import { root, tricloud } from './tricloud.ts';

const folder = join(root, 'examples', 'usage');
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
const plain: Layout = { lang: 'en', paint: (_style, text) => text, width: 100 };

test('there is one usage file for each service', () => {
  expect(names.toSorted()).toEqual(billedServices.map(({ id }) => `${id}.json`).toSorted());
});

test('the page of the folder names every service with its plans', () => {
  const page = readFileSync(join(folder, 'README.md'), 'utf8');
  const lines = page.split('\n').filter((line) => line.startsWith('- '));
  const printed = lines.map((line) => line.replace(/^- \[`(.*)`\]\(\1\), [^:]+: /, '$1 '));
  const known = billedServices.map(({ id, plans }) => {
    const named = Object.keys(plans).map((plan) => `\`${plan}\``);
    return `${id}.json ${named.join(', ')}`;
  });
  expect(printed.toSorted()).toEqual(known.toSorted());
});

describe.each(names)('examples/usage/%s', (name) => {
  const usage = parseUsage(JSON.parse(readFileSync(join(folder, name), 'utf8')), priceLists);
  const bill = billUsage(usage, { asOf: '2026-11-22' });

  test('shows every plan of its service, and comes to something', () => {
    const of = billedServices.find(({ id }) => `${id}.json` === name);
    const shown = usage.items.flatMap(({ service, plan }) => (service === of?.id ? [plan] : []));
    expect(new Set(shown)).toEqual(new Set(Object.keys(of?.plans ?? {})));
    expect(Number(bill.totalUsd)).toBeGreaterThan(0);
  });

  test.each(['en', 'vi'] as const)(
    'is printed in %s with the quantity, allowance, price and source of each line',
    (lang) => {
      const printed = billLines(bill, { ...plain, lang });
      let at = 0;
      for (const { service, meter, region, source, confidence } of bill.lines) {
        const isName = (each: string) =>
          each.startsWith(`  ${meterName(meter, lang)}, ${region}, `);
        at = printed.findIndex((each, index) => index > at && isName(each));
        expect(printed.slice(0, at)).toContain(service);
        const [, number = ''] = /^ .* \[(\d+)\]/.exec(printed[at] ?? '') ?? [];
        const footnote = printed.find((each) => each.startsWith(`[${number}] `)) ?? '';
        expect(footnote).toContain(`] ${source} (`);
        expect(confidence).toMatch(/^(official|open-source|third-party|unverified)$/);
        const figures = printed
          .slice(at + 1)
          .find((each) => !each.startsWith('    ') || /\d {2,}\d/.test(each));
        expect(figures).toMatch(
          /^ +[\d.,]+ +[\d.,]+ +[\d.,]+ +[\d.,]+  \S.* [\d.,]+(?:\/1(?:M| triệu))? +<?[\d.,]+$/,
        );
      }
    },
  );

  test('has no English in Vietnamese, but for technical terms, ids and addresses', () => {
    const ids = new Set(bill.items.flatMap(({ plan }) => plan.split('-')));
    const printed = billLines(bill, { ...plain, lang: 'vi' });
    expect(printed.flatMap(englishIn).filter((word) => !ids.has(word))).toEqual([]);
  });

  test('prints no price below a cent with more than four significant digits', () => {
    const printed = billLines(bill, plain).join('\n');
    const prices = [...printed.matchAll(/ 0\.00(\d+)(?:\/1M)? /g)].map(([, digits = '']) =>
      digits.replace(/^0+/, ''),
    );
    expect(prices.filter((digits) => digits.length > 4)).toEqual([]);
  });

  test('is no wider than a hundred columns, but for the addresses', () => {
    const wide = billLines(bill, plain).filter((each) => each.length > 100);
    expect(wide.filter((each) => !/^\[\d+\] https:/.test(each))).toEqual([]);
  });

  test('prints amounts that come to its totals, or says why they do not', () => {
    const printed = billLines(bill, plain);
    const amounts = printed.flatMap((each) => {
      const [, cents] = /^ +.*\d {2,}\S.* [\d.,]+(?:\/1M)? +([\d.,]+)$/.exec(each) ?? [];
      return cents === undefined ? [] : [Math.round(Number(cents.replaceAll(',', '')) * 100)];
    });
    const [, total = ''] = /^total +([\d.,]+)$/m.exec(printed.join('\n')) ?? [];
    const sum = amounts.reduce((a, b) => a + b, 0);
    const says = printed.some((each) => each.startsWith('Amounts are rounded to cents'));
    expect(says || sum === Math.round(Number(total.replaceAll(',', '')) * 100)).toBe(true);
  });
});

test.each([
  {
    name: 'aws-cognito',
    why: 'tiers that count the free ones, and only the tiers that are reached',
    says: [
      '  monthly active users, us-east-1, item 1 [1]',
      '     50,000     10,000  10,000   40,000  MAU          0.015    600.00',
      '  monthly active users, us-east-1, item 2 [1]; tiers to 100,000, to 1,000,000, to 10,000,000, above',
      '    (free ones counted)',
      '  1,200,000     50,000  50,000   50,000  MAU         0.0055    275.00',
      '                                900,000  MAU         0.0046  4,140.00',
      '                                200,000  MAU        0.00325    650.00',
      'total                                                        5,775.00',
    ],
  },
  {
    name: 'google-cloud-run',
    why: 'an allowance that a more expensive region has used',
    says: [
      '  CPU, us-central1, items 2 3 [1]; its allowance covers more expensive lines first',
      '   1,050,000     180,000           0   1,050,000  vCPU-s       24.00/1M  25.20',
      '  CPU, europe-west3, item 1 [2]',
      '  766,517.72  128,571.43  128,571.43  637,946.29  vCPU-s       33.60/1M  21.43',
      'Amounts are rounded to cents one by one, totals from the exact sum; --json has every digit.',
    ],
  },
  {
    name: 'google-gce',
    why: 'a subtotal for a service of several lines, where there is another service',
    says: [
      '  subtotal                                                178.97',
      '  worldwide, asia-southeast1, item 2 [1]; tiers to 1,024, to 10,240, above',
      '    500          0     0     500  GiB               0.12   60.00',
      'total                                                     238.97',
    ],
  },
])('prints $why', ({ name, says }) => {
  const usage = parseUsage(
    JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')),
    priceLists,
  );
  const printed = billLines(billUsage(usage, { asOf: '2026-11-22' }), plain);
  expect(printed.filter((each) => says.includes(each))).toEqual(says);
});

test('tells less than a cent as less than a cent', () => {
  const usage = parseUsage(
    {
      freeTier: false,
      items: [{ service: 'aws-sqs', region: 'us-east-1', usage: { requests: 3 } }],
    },
    priceLists,
  );
  const printed = billLines(billUsage(usage, { asOf: '2026-11-22' }), plain);
  expect(printed.filter((each) => each.endsWith('<0.01')).map((each) => each.slice(0, 7))).toEqual([
    '     3 ',
    'total  ',
  ]);
});

test('prints a bill, and the same as JSON', async () => {
  const file = join(folder, 'aws-sqs.json');
  const { code, stdout, stderr } = await tricloud(['bill', file]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^total +22\.00$/m);

  const { stdout: json } = await tricloud(['bill', file, '--json', '--no-free-tier']);
  expect(JSON.parse(json)).toMatchObject({ freeTier: false, totalUsd: '22.5' });
});

test('says that prices are old on the day that is asked about', async () => {
  const file = join(folder, 'aws-sqs.json');
  const old = await tricloud(['bill', file, '--as-of', '2028-01-01']);
  expect(old.stdout).toMatch(
    /^warning: The prices of aws-sqs are of .*, more than a year before 2028-01-01\.$/m,
  );
  const today = await tricloud(['bill', file, '--as-of', '2026-11-22']);
  expect(today.stdout).not.toContain('warning');
});

test('prints a bill in Vietnamese too', async () => {
  const file = join(folder, 'aws-sqs.json');
  const { stdout } = await tricloud(['bill', file, '--lang', 'vi', '--as-of', '2026-11-22']);
  expect(stdout.split('\n')[0]).toBe('Đã trừ free tier, tính đến 2026-11-22');
  expect(stdout).toMatch(/^tổng cộng +22,00$/m);
});

test('bills at own prices, and says so', () => {
  const prices = withOwnPrices({ 'aws-sqs/standard': '0.000001', 'aws-sns': '-10%' });
  const input = {
    freeTier: false,
    items: [{ service: 'aws-sqs', region: 'us-east-1', usage: { requests: 2_000_000 } }],
  };
  const bill = billUsage(parseUsage(input, prices), { asOf: '2026-11-22' });
  const printed = billLines(bill, plain);

  expect(printed).toContain('own prices: aws-sqs/standard 0.000001');
  expect(printed.find((line) => line.startsWith('total'))).toMatch(/ 2\.00$/);
  expect(billLines(bill, { ...plain, lang: 'vi' })).toContain(
    'giá riêng: aws-sqs/standard 0.000001',
  );
});

test('warns of prices that are newer than the day that is asked about', async () => {
  const file = join(folder, 'aws-sqs.json');
  const early = await tricloud(['bill', file, '--as-of', '2020-01-01', '--lang', 'vi']);

  expect(early.stdout).toMatch(
    /^cảnh báo: Giá của aws-sqs là giá ngày \S+, mới hơn ngày 2020-01-01;/m,
  );
});
