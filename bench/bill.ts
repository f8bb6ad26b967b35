import { billUsage, parseUsage } from '@tricloud/core';
import { type Figure, toFigure } from './figure.ts';
import { plainMeters, plainTotal } from './plain-bill.ts';
import { howOften, timeAgainst } from './timing.ts';
import { priceLists } from '@tricloud/core/price-lists';

/** One of each kind: tiers and an allowance, graduated steps, an allowance valued in another region. */
const usages = [
  {
    service: 'aws-lambda',
    region: 'us-east-1',
    usage: { requests: 3_000_000, durationMs: 120, memoryMiB: 1536 },
  },
  {
    service: 'aws-sqs',
    region: 'us-east-1',
    usage: { type: 'standard', requests: 2_000_000, payloadKiB: 128 },
  },
  {
    service: 'google-cloud-run',
    region: 'asia-southeast1',
    usage: { requests: 50_000_000, durationMs: 210, memoryMiB: 2048, vcpu: 1, concurrency: 7 },
  },
].map((item) => parseUsage({ items: [item] }, priceLists));

const asOf = '2026-11-22';

/** Time of one bill of one service, exact and line by line; against its bare total in floating point. */
export async function billFigures(): Promise<readonly Figure[]> {
  const plain = new Map(usages.map((usage) => [usage, plainMeters(usage)]));
  for (const [usage, meters] of plain) {
    const exact = Number(billUsage(usage, { asOf }).totalUsd);
    if (Math.abs(plainTotal(meters) - exact) > exact * 1e-9) {
      throw new Error(`the plain bill is ${plainTotal(meters)}, the exact one ${exact}`);
    }
  }
  const { microseconds, fastest, ratio } = timeAgainst(usages, {
    own: (usage) => billUsage(usage, { asOf }).lines.length,
    peer: (usage) => plainTotal(plain.get(usage) ?? []),
  });
  return [
    toFigure({
      figure: 'one bill of one service in core',
      value: microseconds,
      must: 20,
      aim: 5,
      unit: 'µs',
      digits: 1,
      note: `${howOften()}, the fastest ${fastest.toFixed(1)} µs; ${ratio.toFixed(0)}× what the bare total takes in plain floating point, without lines, in the same run`,
    }),
  ];
}
