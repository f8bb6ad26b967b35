import * as v from 'valibot';
import { openSheet } from '../pricing/price-sheet.ts';
import { fromDecimal, quantity } from '../pricing/quantity.ts';
import { atLeast, roundUpToStep } from '../pricing/rounding-step.ts';
import data from '../pricing/sheets/google-cloud-run.json' with { type: 'json' };
import type { Metered } from './metered.ts';

/** A month of one Cloud Run function under request-based billing. */
export const GoogleCloudRunUsageSchema = v.strictObject({
  requests: v.pipe(v.number(), v.integer(), v.minValue(0)),
  durationMs: v.pipe(v.number(), v.gtValue(0)),
  memoryMiB: v.pipe(v.number(), v.integer(), v.minValue(128), v.maxValue(32_768)),
  vcpu: v.pipe(v.string(), v.regex(/^\d(\.\d{1,3})?$/)),
  /** How many requests an instance serves at the same time; 1 below one vCPU. */
  concurrency: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
});

/** A month of one Cloud Run function under request-based billing. */
export type GoogleCloudRunUsage = v.InferOutput<typeof GoogleCloudRunUsageSchema>;

/** A memory size and the vCPUs that come with it. */
export interface GoogleCloudRunSize {
  readonly memoryMiB: number;
  readonly vcpu: string;
}

const largest = { memoryMiB: 32_768, vcpu: '8' };

/** https://docs.cloud.google.com/functions/docs/configuring/memory, read 2026-11-22. */
const sizes: readonly GoogleCloudRunSize[] = [
  { memoryMiB: 128, vcpu: '0.083' },
  { memoryMiB: 256, vcpu: '0.167' },
  { memoryMiB: 512, vcpu: '0.333' },
  { memoryMiB: 1024, vcpu: '0.583' },
  { memoryMiB: 2048, vcpu: '1' },
  { memoryMiB: 4096, vcpu: '2' },
  { memoryMiB: 8192, vcpu: '2' },
  { memoryMiB: 16_384, vcpu: '4' },
  largest,
];

/** The most memory that a function can have. */
export const googleCloudRunMaxMiB = largest.memoryMiB;

/** The smallest size that has the memory; memory beyond the largest is the caller's to refuse. */
export function googleCloudRunSizeFor(memoryMiB: number): GoogleCloudRunSize {
  return sizes.find((size) => size.memoryMiB >= memoryMiB) ?? largest;
}

export const googleCloudRunSheet = openSheet(data);

/** Instance time is rounded up to 100 ms. */
export function googleCloudRunBilledMs(durationMs: number): number {
  return atLeast(100, roundUpToStep(durationMs, 100));
}

/** Requests, vCPU-seconds and GiB-seconds; requests that share an instance share its time. */
export function meterGoogleCloudRun(
  usage: GoogleCloudRunUsage,
  region: string,
): readonly Metered[] {
  const requests = BigInt(usage.requests);
  const instanceMs = requests * BigInt(googleCloudRunBilledMs(usage.durationMs));
  const perInstance = 1000n * BigInt(usage.concurrency);
  const vcpu = fromDecimal(usage.vcpu);
  return [
    {
      meter: 'requests',
      quantity: quantity(requests),
      price: googleCloudRunSheet.price(region, 'requests'),
    },
    {
      meter: 'cpu',
      quantity: quantity(instanceMs * vcpu.numerator, perInstance * vcpu.denominator),
      price: googleCloudRunSheet.price(region, 'cpu'),
    },
    {
      meter: 'memory',
      quantity: quantity(instanceMs * BigInt(usage.memoryMiB), perInstance * 1024n),
      price: googleCloudRunSheet.price(region, 'memory'),
    },
  ];
}
