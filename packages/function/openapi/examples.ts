/** Workloads as somebody would send them: the fewest fields that will do, and every field. */
export const workloadExamples = {
  short: {
    summary: 'Three numbers; the rest is as the schema says',
    value: { requestsPerMonth: 3_000_000, durationMs: 120, memoryMiB: 1536 },
  },
  full: {
    summary: 'Every field',
    value: {
      requestsPerMonth: 3_000_000,
      durationMs: 120,
      memoryMiB: 1536,
      architecture: 'arm64',
      concurrencyPerInstance: 1,
      responseKiB: 2,
      peakToAverage: 1,
      region: { aws: 'us-east-1', google: 'us-central1', azure: 'eastus' },
      freeTier: false,
    },
  },
};
