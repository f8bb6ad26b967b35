import { compare, parseWorkload } from '@tricloud/core';
import { median } from './figure.ts';

const callsPerRound = 2_000;
const rounds = 25;

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
].map(parseWorkload);

/** Time of one full comparison: every plan and server, their order, all break-even points. Median of rounds, warm. */
export async function comparison(): Promise<
  { figure: string; value: number; unit: string; detail?: string }[]
> {
  const samples = Array.from({ length: rounds + 5 }, round).slice(5);
  const fastest = Math.min(...samples).toFixed(1);
  return [
    {
      figure: 'one full comparison in core',
      value: median(samples),
      unit: 'µs',
      detail: `median of ${rounds} rounds of ${callsPerRound}, the fastest ${fastest} µs`,
    },
  ];
}

function round(): number {
  let offers = 0;
  const start = performance.now();
  for (let call = 0; call < callsPerRound; call += 1) {
    const workload = workloads[call % workloads.length];
    if (workload !== undefined) offers += compare(workload, { asOf: '2026-11-22' }).order.length;
  }
  const microseconds = ((performance.now() - start) * 1000) / callsPerRound;
  if (offers === 0) throw new Error('nothing was compared');
  return microseconds;
}
