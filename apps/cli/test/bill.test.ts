import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { billedServices, billUsage, parseUsage } from '@tricloud/core';
import { describe, expect, test } from 'vitest';
import { billLines } from '../src/bill/bill-lines.ts';
import type { Paint } from '../src/terminal.ts';
import { root, tricloud } from './tricloud.ts';

const folder = join(root, 'examples', 'usage');
const names = readdirSync(folder);
const plain: Paint = (_style, text) => text;

test('there is one usage file for each service', () => {
  expect(names.toSorted()).toEqual(billedServices.map(({ id }) => `${id}.json`).toSorted());
});

describe.each(names)('examples/usage/%s', (name) => {
  const usage = parseUsage(JSON.parse(readFileSync(join(folder, name), 'utf8')));
  const bill = billUsage(usage, { asOf: '2026-11-22' });

  test('is about its service, and comes to something', () => {
    expect(usage.items.map(({ service }) => `${service}.json`)).toContain(name);
    expect(Number(bill.totalUsd)).toBeGreaterThan(0);
  });

  test('is printed with the quantity, allowance, price and source of each line', () => {
    const told = billLines(bill, plain);
    for (const { meter, service, region } of bill.lines) {
      const at = told.findIndex((each) => each.startsWith(`${service} ${meter}, ${region}, item`));
      expect(told[at]).toMatch(/ \[\d+\]$/);
      expect(told[at + 1]).toMatch(/^ +[\d.,]+ +[\d.,]+ +[\d.,]+ +[\d.,]+  \S.* [\d.]+ +[\d.,]+$/);
    }
  });

  test('is no wider than a hundred columns, but for the addresses', () => {
    const wide = billLines(bill, plain).filter((each) => each.length > 100);
    expect(wide.filter((each) => !/^\[\d+\] https:/.test(each))).toEqual([]);
  });
});

test('prints a bill, and the same as JSON', async () => {
  const file = join(folder, 'aws-sqs.json');
  const { code, stdout, stderr } = await tricloud(['bill', file]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^total +22\.00$/m);

  const { stdout: json } = await tricloud(['bill', file, '--json', '--no-free-tier']);
  expect(JSON.parse(json)).toMatchObject({ freeTier: false, totalUsd: '22.5' });
});

test('tells every fault of a usage file on a line of its own', async () => {
  const items = [{ service: 'aws-sqs', region: 'mars', usage: { requests: -1 } }];
  const { code, stdout, stderr } = await tricloud(['bill', '-'], {
    input: JSON.stringify({ items }),
  });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.split('\n').slice(0, 2)).toEqual([
    expect.stringContaining('items[0].region is "mars", but must be one of the regions'),
    expect.stringContaining('items[0].usage.requests is -1, but must be a whole number from 0'),
  ]);
});
