import { describe, expect, test } from 'vitest';
import { priceLists } from '../price-lists.ts';
import { compare } from './compare.ts';
import { costCurves } from './cost-curves.ts';
import { parseWorkload } from './workload.ts';

const workload = parseWorkload(
  { requestsPerMonth: 3_000_000, durationMs: 120, memoryMiB: 1536 },
  priceLists,
);

describe('the curves of a comparison', () => {
  const curves = costCurves(workload, { prices: priceLists, from: 0, to: 20_000_000 });

  test('are those of what it ranks', () => {
    const { order, plans } = compare(workload, { asOf: '2026-11-30', prices: priceLists });
    expect(curves.map(({ id }) => id).toSorted()).toEqual(order.toSorted());
    const ofPlans = plans.filter(({ legacy }) => legacy === null).map(({ id }) => id);
    expect(curves.filter(({ kind }) => kind === 'plan').map(({ id }) => id)).toEqual(ofPlans);
  });

  test('cover the range without a gap, each beginning where the one before ends', () => {
    for (const { pieces } of curves) {
      expect(pieces[0]?.from).toBe(0);
      expect(pieces.at(-1)?.to).toBe(20_000_000);
      const starts = pieces.slice(1).map(({ from }) => from);
      expect(starts).toEqual(pieces.slice(0, -1).map(({ to }) => to + 1));
    }
  });

  test('end a piece where the free tier of Lambda ends', () => {
    const lambda = curves.find(({ id }) => id === 'aws-lambda');
    // 1,000,000 requests, and 400,000 GB-s of 0.18 each.
    expect(lambda?.pieces.slice(0, 2).map(({ to }) => to)).toEqual([1_000_000, 2_222_222]);
  });
});
