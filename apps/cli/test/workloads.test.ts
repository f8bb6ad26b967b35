import { readdirSync, readFileSync } from 'node:fs';
import { compare, parseWorkload, type Workload } from '@tricloud/core';
import { priceLists } from '@tricloud/core/price-lists';
import { describe, expect, test } from 'vitest';

const here = new URL('../../../examples/workloads/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, here), 'utf8');
const names = readdirSync(here).filter((name) => name.endsWith('.json'));
const load = (name: string): Workload => parseWorkload(JSON.parse(read(name)), priceLists);
const price = (name: string) => compare(load(name), { asOf: '2026-11-22', prices: priceLists });
const isServer = (id: string): boolean => /-(?:ec2|gce|vm)-/.test(id);
const isUsual = (id: string): boolean =>
  /-(?:t3.small|t3.large|e2-small|e2-standard-2|B[12]ms)$/.test(id);

describe.each(names)('%s', (name) => {
  const { plans, servers, order, unavailable, breakEven } = price(name);
  const [rankedPlans, rankedServers] = [plans, servers].map((all) =>
    all.filter(({ legacy }) => legacy === null),
  );
  const estimates = [...(rankedPlans ?? []), ...(rankedServers ?? [])];

  test('has one sentence in the README', () => {
    const lines = read('README.md')
      .split('\n')
      .filter((line) => line.startsWith(`- [\`${name}\`](${name})`));
    expect(lines.map((line) => line.split('. ').length)).toEqual([1]);
  });

  test('is put in order, every estimate once and none more expensive before a cheaper one', () => {
    expect(order.toSorted()).toEqual(estimates.map(({ id }) => id).toSorted());
    const totals = order.map((id) =>
      Number(estimates.find((estimate) => estimate.id === id)?.bill.totalUsd),
    );
    expect(totals.toSorted((a, b) => a - b)).toEqual(totals);
  });

  test('can be served by each of the three providers', () => {
    expect([...new Set(plans.map(({ provider }) => provider))].toSorted()).toEqual([
      'aws',
      'azure',
      'google',
    ]);
  });

  test('is weighed against every server by every plan that can serve it', () => {
    expect(breakEven.length).toBe((rankedPlans?.length ?? 0) * (rankedServers?.length ?? 0));
  });

  test('says why of what cannot serve it', () => {
    expect(unavailable.filter(({ reason }) => reason.en === '' || reason.vi === '')).toEqual([]);
  });
});

describe('the workloads', () => {
  test('of the README are the files', () => {
    const printed = [...read('README.md').matchAll(/\]\(([\w-]+\.json)\)/g)].map(([, name]) =>
      String(name),
    );
    expect(printed.toSorted()).toEqual(names.toSorted());
  });

  test('keep a server busy for 5 % of the month with the internal tool', () => {
    const { requestsPerMonth, durationMs } = load('internal-tool.json');
    expect((requestsPerMonth * durationMs) / 1000).toBe(0.05 * 730 * 3600);
  });

  test('are cheaper on every plan that is paid by use than on any usual server where it would idle', () => {
    const { order, plans } = price('internal-tool.json');
    const byUse = plans
      .filter(({ instances }) => instances === null)
      .map(({ id }) => order.indexOf(id));
    expect(byUse.length).toBe(5);
    expect(Math.max(...byUse)).toBeLessThan(order.findIndex(isUsual));
  });

  test('are cheaper on a server of each cloud than on any plan where the work never stops', () => {
    const { order, servers } = price('telemetry.json');
    const first = new Set(
      order.slice(
        0,
        order.findIndex((id) => !isServer(id)),
      ),
    );
    const clouds = servers.filter(({ id }) => first.has(id)).map(({ provider }) => provider);
    expect(new Set(clouds)).toEqual(new Set(['aws', 'google', 'azure']));
  });

  test('keep the report from the plan whose instances are too small for it', () => {
    expect(
      price('nightly-report.json')
        .unavailable.map(({ id }) => id)
        .filter((id) => !isServer(id)),
    ).toEqual(['azure-functions-consumption']);
  });

  test('have a burst that is as sharp as its ten minutes in the day', () => {
    const { requestsPerMonth, peakToAverage } = load('webhook-burst.json');
    expect(peakToAverage).toBe((24 * 60) / 10);
    expect(requestsPerMonth).toBe((50 * 600 * 365) / 12);
  });
});
