import { compare, parseWorkload } from '@tricloud/core';
import { priceLists } from '@tricloud/core/price-lists';
import { type Figure, toFigure } from './figure.ts';
import { howOften, timeAgainst } from './timing.ts';

/** Unlike each other in what they do to a bill: free, past the allowances, shared, without allowances in a dear region. */
const workloads = [
  { requestsPerMonth: 3_000_000, durationMs: 120, memoryMiB: 1536 },
  { requestsPerMonth: 20_000, durationMs: 87.4, memoryMiB: 256 },
  { requestsPerMonth: 50_000_000, durationMs: 210, memoryMiB: 2048, concurrencyPerInstance: 7 },
  {
    requestsPerMonth: 9_000_000_000,
    durationMs: 1024,
    memoryMiB: 1024,
    architecture: 'arm64',
    region: { google: 'asia-southeast1' },
    freeTier: false,
  },
].map((workload) => parseWorkload({ ...workload, egress: true, frontDoor: true }, priceLists));

const asOf = '2026-11-22';
const prices = priceLists;

const callsPerRound = 8;

/** Time of one full comparison: every plan and server, all crossings; against writing its document as JSON. */
export async function comparisonFigures(): Promise<readonly Figure[]> {
  const documents = new Map(workloads.map((each) => [each, compare(each, { asOf, prices })]));
  const { microseconds, fastest, ratio } = timeAgainst(workloads, {
    own: (workload) => compare(workload, { asOf, prices }).order.length,
    peer: (workload) => JSON.stringify(documents.get(workload)).length,
    callsPerRound,
  });
  return [
    toFigure({
      figure: 'one full comparison in core, every plan, server and crossing',
      value: microseconds / 1000,
      must: 20,
      aim: 5,
      unit: 'ms',
      digits: 1,
      note: `${howOften(callsPerRound)}, the fastest ${(fastest / 1000).toFixed(1)} ms; ${ratio.toFixed(1)}× what JSON.stringify takes to write its document in the same run`,
    }),
  ];
}
