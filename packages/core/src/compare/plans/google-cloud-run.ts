import { googleCloudRunMaxMiB, googleCloudRunSizeFor } from '../cloud-run-sizes.ts';
import { priceLists } from '../../price-lists.ts';
import { meterGoogleCloudRun } from '../../billing/google-cloud-run.ts';
import { limitsOf } from '../../catalog/providers.ts';
import { httpNotes, minimumNotes, notSharedNotes, oneProcessorNotes, sizeNotes } from './limits.ts';
import type { Plan } from './plan.ts';

/** Cloud Run functions, request-based, with the vCPUs that come with the memory. */
export const googleCloudRun: Plan = {
  id: 'google-cloud-run',
  provider: 'google',
  list: priceLists.list('google-cloud-run'),
  maxMemoryMiB: googleCloudRunMaxMiB,
  maxDurationMs: limitsOf('google').timeoutMs,
  use(workload) {
    const { durationMs, region } = workload;
    const { memoryMiB, vcpu } = googleCloudRunSizeFor(workload.memoryMiB);
    // Below one vCPU the concurrency must be 1: https://cloud.google.com/run/docs/configuring/services/cpu
    const isShared = vcpu >= 1;
    const concurrency = isShared ? workload.concurrencyPerInstance : 1;
    const usage = { requests: 1, durationMs, memoryMiB, vcpu, concurrency };
    return {
      metered: meterGoogleCloudRun(usage, priceLists.in(region.google)),
      notes: [
        ...sizeNotes(workload, memoryMiB, `the next size, which has ${vcpu} vCPU`),
        ...minimumNotes(workload, 100),
        ...httpNotes(workload, googleCloudRun),
        ...(isShared ? [] : notSharedNotes(workload, `with ${vcpu} vCPU it must be 1`)),
        ...oneProcessorNotes(workload),
      ],
    };
  },
};
