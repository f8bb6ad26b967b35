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

/** Usage documents as somebody would send them: one function, and two that share an allowance. */
export const usageExamples = {
  function: {
    summary: 'A month of one function',
    value: {
      items: [
        {
          service: 'aws-lambda',
          region: 'us-east-1',
          usage: { requests: 3_000_000, durationMs: 120, memoryMiB: 1536 },
        },
      ],
    },
  },
  account: {
    summary: 'Two queues, which share the free requests of the account',
    value: {
      freeTier: true,
      items: [
        {
          service: 'aws-sqs',
          region: 'us-east-1',
          usage: { type: 'standard', requests: 2_000_000, payloadKiB: 128 },
        },
        { service: 'aws-sqs', region: 'us-east-1', usage: { type: 'fifo', requests: 500_000 } },
      ],
    },
  },
};
