import {
  googleCloudRunInstanceBilling as billing,
  meterGoogleCloudRunSecond,
} from '../../billing/google-cloud-run.ts';
import { quantity } from '../../pricing/quantity.ts';
import { instanceSecondsDriver, requestsDriver } from '../drivers.ts';
import { coldStartCharges } from './cold-starts.ts';
import { minimumNotes, instanceConcurrency } from './notes.ts';
import type { PricingPlan } from './plan.ts';

/** Cloud Run functions, request-based; starting an instance is billed: https://cloud.google.com/run/docs/configuring/billing-settings */
export const googleCloudRun: PricingPlan = {
  id: 'google-cloud-run',
  provider: 'google',
  service: 'google-cloud-run',
  egressPrice: (prices) => prices.price('google-cloud-run', 'egress'),
  use: ({ workload, configuration }, prices) => {
    const request = { quantity: quantity(1n), price: prices.price('google-cloud-run', 'requests') };
    const second = meterGoogleCloudRunSecond(configuration, prices);
    const perInstance = instanceConcurrency(workload, configuration);
    const seconds = instanceSecondsDriver(workload, perInstance.concurrency, billing);
    return {
      charges: [
        { metered: [request], driver: requestsDriver },
        { metered: second, driver: seconds },
        ...coldStartCharges(workload, second, billing.stepMs),
      ],
      notes: [...perInstance.notes, ...minimumNotes(workload, billing.stepMs)],
    };
  },
};
