import { describe, expect, test } from 'vitest';
import { runExample } from './run-example.ts';

/** The tiers count every user: $0.0055 up to 100,000 of them, $0.0046 up to 1,000,000. */
const bills = [
  { mau: 150_000, free_mau: 0, lines: { tier1: 550, tier2: 230 }, total: 780 },
  { mau: 150_000, free_mau: null, lines: { tier1: 550, tier2: 230 }, total: 780 },
  { mau: 150_000, free_mau: undefined, lines: { tier1: 550, tier2: 230 }, total: 780 },
  { mau: 150_000, free_mau: 10_000, lines: { tier1: 495, tier2: 230 }, total: 725 },
  { mau: 150_000, free_mau: 50_000, lines: { tier1: 275, tier2: 230 }, total: 505 },
  { mau: 150_000, free_mau: 120_000, lines: { tier1: 0, tier2: 138 }, total: 138 },
  { mau: 90_000, free_mau: 50_000, lines: { tier1: 220, tier2: 0 }, total: 220 },
  { mau: 40_000, free_mau: 50_000, lines: { tier1: 0, tier2: 0 }, total: 0 },
];

const services = [
  { provider: 'aws', service: 'cognito', plan: { plan: 'lite' } },
  { provider: 'aws', service: 'cognito', plan: { plan: 'lite-legacy' } },
  { provider: 'gcp', service: 'identity-platform', plan: {} },
];

describe.each(services)('$service $plan.plan', ({ provider, service, plan }) => {
  test.each(bills)('$mau users of whom $free_mau are free', ({ mau, free_mau, lines, total }) => {
    const inputs = { ...plan, mau, ...(free_mau === undefined ? {} : { free_mau }) };
    const expected = { lines: { mau: total, ...lines }, total_usd: total };
    const example = { id: service, provider, service, inputs, expected, tolerance_usd: 1e-9 };
    expect(runExample(example)).toEqual({
      id: service,
      lines: expected.lines,
      total_usd: total,
      within_tolerance: true,
    });
  });
});
