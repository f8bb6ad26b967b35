import { meterGoogleCloudRunInstances } from '../../billing/google-cloud-run.ts';
import { quantity } from '../../pricing/quantity.ts';
import { monthHours, provisionedDriver } from '../drivers.ts';
import { instanceConcurrency } from './notes.ts';
import type { PricingPlan } from './plan.ts';

const monthSeconds = monthHours * 3600;

/** Cloud Run functions, instance-based: as many instances all month as serve the peak. */
export const googleCloudRunInstances: PricingPlan = {
  id: 'google-cloud-run-instance-based',
  provider: 'google',
  service: 'google-cloud-run',
  egressPrice: (prices) => prices.price('google-cloud-run', 'egress'),
  use: ({ workload, configuration }, prices) => {
    const { memoryMiB, vcpu } = configuration;
    const usage = {
      vcpuSeconds: monthSeconds * vcpu,
      gibSeconds: (monthSeconds * memoryMiB) / 1024,
    };
    const perInstance = instanceConcurrency(workload, configuration);
    const count = provisionedDriver(workload, perInstance.concurrency);
    return {
      charges: [{ metered: meterGoogleCloudRunInstances(usage, prices), driver: count }],
      instances: { count, capacity: quantity(BigInt(perInstance.concurrency)) },
      notes: perInstance.notes,
    };
  },
};
