/** A memory size and the vCPUs that come with it. */
export interface GoogleCloudRunSize {
  readonly memoryMiB: number;
  readonly vcpu: number;
}

const largest = { memoryMiB: 32_768, vcpu: 8 };

/** https://docs.cloud.google.com/functions/docs/configuring/memory, read 2026-11-22. */
const sizes: readonly GoogleCloudRunSize[] = [
  { memoryMiB: 128, vcpu: 0.083 },
  { memoryMiB: 256, vcpu: 0.167 },
  { memoryMiB: 512, vcpu: 0.333 },
  { memoryMiB: 1024, vcpu: 0.583 },
  { memoryMiB: 2048, vcpu: 1 },
  { memoryMiB: 4096, vcpu: 2 },
  { memoryMiB: 8192, vcpu: 2 },
  { memoryMiB: 16_384, vcpu: 4 },
  largest,
];

/** The most memory that a function can have. */
export const googleCloudRunMaxMiB = largest.memoryMiB;

/** The smallest size that has the memory; memory beyond the largest is the caller's to refuse. */
export function googleCloudRunSizeFor(memoryMiB: number): GoogleCloudRunSize {
  return sizes.find((size) => size.memoryMiB >= memoryMiB) ?? largest;
}
