import * as v from 'valibot';
import { configure } from '../catalog/configuration.ts';
import { functionLimits } from '../catalog/function-limits.ts';
import { above, whole } from '../input-fields.ts';

const limits = functionLimits('google-cloud-run');
const largest = limits.sizes.at(-1);

/** The longest time-out of a request. */
export const timeoutMs = limits.timeoutMs ?? 0;

/** Memory, vCPUs and concurrency of an instance of Cloud Run. */
export const instanceFields = {
  memoryMiB: whole(limits.memoryMiB.min, limits.memoryMiB.max),
  vcpu: above(0, largest?.vcpu ?? 0),
  /** How many requests an instance serves at the same time; 1 below one vCPU. */
  concurrency: v.optional(whole(1, limits.concurrency ?? 1), 1),
};

interface Size {
  readonly memoryMiB: number;
  readonly vcpu?: number | undefined;
}

/** The vCPUs of an instance: those that come with its memory where none are given. */
export function vcpuOf({ memoryMiB, vcpu }: Size): number {
  return vcpu ?? limits.sizes.find((size) => size.memoryMiB >= memoryMiB)?.vcpu ?? 0;
}

/** Whether Cloud Run has instances with this memory and these vCPUs. */
export function isSold(size: Size): boolean {
  return refusal(size) === undefined;
}

/** What the vCPUs must be, for a refusal. */
export function rightVcpu({ input }: { readonly input: Size }): string {
  return `a number of vCPUs that Cloud Run has with this memory; ${refusal(input)}`;
}

function refusal(size: Size): string | undefined {
  const asked = { memoryMiB: size.memoryMiB, concurrency: 1, architecture: 'x86_64' } as const;
  const vcpu = vcpuOf(size);
  const found = configure('google-cloud-run', { ...asked, vcpu });
  if ('reason' in found) return found.reason.en;
  return found.vcpu === vcpu ? undefined : `${vcpu} is not sold, ${found.vcpu} is the next`;
}

/** Requests share an instance from one vCPU: https://cloud.google.com/run/docs/configuring/services/cpu, read 2026-11-22. */
export function isShareable(usage: Size & { readonly concurrency: number }): boolean {
  return usage.concurrency === 1 || vcpuOf(usage) >= 1;
}
