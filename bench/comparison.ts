import { billUsage, compare, parseUsage, parseWorkload } from '@tricloud/core';
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
].map((workload) => parseWorkload({ ...workload, egress: true, frontDoor: true }));

const asOf = '2026-11-22';

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
].map((item) => parseUsage({ items: [item] }));

/** Time of one full comparison (every plan and server, all crossings) and of one bill. Medians of rounds, warm. */
export async function comparison(): Promise<
  { figure: string; value: number; unit: string; detail?: string; must: number; aim: number }[]
> {
  return [
    {
      ...measured('one full comparison in core', workloads, (workload) => {
        return compare(workload, { asOf }).order.length;
      }),
      must: 200,
      aim: 50,
    },
    {
      ...measured('one bill of one service in core', usages, (usage) => {
        return billUsage(usage, { asOf }).lines.length;
      }),
      must: 20,
      aim: 5,
    },
  ];
}

function measured<Input>(
  figure: string,
  inputs: readonly Input[],
  make: (input: Input) => number,
): { figure: string; value: number; unit: string; detail: string } {
  const samples = Array.from({ length: rounds + 5 }, () => round(inputs, make)).slice(5);
  const fastest = Math.min(...samples).toFixed(1);
  return {
    figure,
    value: median(samples),
    unit: 'µs',
    detail: `median of ${rounds} rounds of ${callsPerRound}, the fastest ${fastest} µs`,
  };
}

function round<Input>(inputs: readonly Input[], make: (input: Input) => number): number {
  let made = 0;
  const start = performance.now();
  for (let call = 0; call < callsPerRound; call += 1) {
    const input = inputs[call % inputs.length];
    if (input !== undefined) made += make(input);
  }
  const microseconds = ((performance.now() - start) * 1000) / callsPerRound;
  if (made === 0) throw new Error('nothing was made');
  return microseconds;
}
