import { meterGoogleCloudFunctions1stGen } from '../../billing/google-cloud-functions-1st-gen.ts';
import { requestsDriver } from '../drivers.ts';
import { minimumNotes } from './notes.ts';
import type { PricingPlan } from './plan.ts';

/** Cloud Functions of the first generation. */
export const googleCloudFunctions1stGen: PricingPlan = {
  id: 'google-cloud-functions-1st-gen',
  provider: 'google',
  service: 'google-cloud-functions-1st-gen',
  egressPrice: (prices) => prices.price('google-cloud-functions-1st-gen', 'egress'),
  use: ({ workload, configuration }, prices) => {
    const { durationMs } = workload;
    const { memoryMiB } = configuration;
    const usage = { invocations: 1, durationMs, memoryMiB, responseKiB: 0, egressGb: 0 };
    const metered = meterGoogleCloudFunctions1stGen(usage, prices);
    const used = metered.filter(({ quantity }) => quantity.numerator > 0n);
    return {
      charges: [{ metered: used, driver: requestsDriver }],
      notes: minimumNotes(workload, 100),
    };
  },
};
