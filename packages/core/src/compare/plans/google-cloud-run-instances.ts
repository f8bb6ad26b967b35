import { googleCloudRunMaxMiB, googleCloudRunSizeFor } from '../cloud-run-sizes.ts';
import { priceLists } from '../../price-lists.ts';
import { meterGoogleCloudRunInstances } from '../../billing/google-cloud-run.ts';
import { limitsOf } from '../../catalog/providers.ts';
import { atLeast } from '../../pricing/rounding-step.ts';
import { monthHours, oneMonth } from '../curve.ts';
import { oneProcessorNotes, sizeNotes } from './limits.ts';
import type { Plan } from './plan.ts';

/** Cloud Run functions, instance-based: as many instances all month as the busiest moment needs. */
export const googleCloudRunInstances: Plan = {
  id: 'google-cloud-run-instance-based',
  provider: 'google',
  list: priceLists.list('google-cloud-run'),
  maxMemoryMiB: googleCloudRunMaxMiB,
  maxDurationMs: limitsOf('google').timeoutMs,
  use(workload) {
    const size = googleCloudRunSizeFor(workload.memoryMiB);
    // Less than one vCPU is billed by requests only: https://cloud.google.com/run/docs/configuring/services/cpu
    const vcpu = atLeast(1, size.vcpu);
    const seconds = monthHours * 3600;
    const usage = { vcpuSeconds: seconds * vcpu, gibSeconds: (seconds * size.memoryMiB) / 1024 };
    return {
      metered: [],
      kept: {
        month: oneMonth(meterGoogleCloudRunInstances(usage, priceLists.in(workload.region.google))),
        carries: workload.concurrencyPerInstance,
      },
      notes: [
        ...sizeNotes(workload, size.memoryMiB, `the next size, here with ${vcpu} vCPU`),
        ...oneProcessorNotes(workload),
      ],
    };
  },
};
