import { meterAwsLambdaProvisioned } from '../../billing/aws-lambda.ts';
import { quantity } from '../../pricing/quantity.ts';
import { monthHours, provisionedDriver, requestsDriver } from '../drivers.ts';
import type { PricingPlan } from './plan.ts';

/** Lambda with as much provisioned concurrency all month as serves the peak. */
export const awsLambdaProvisioned: PricingPlan = {
  id: 'aws-lambda-provisioned-concurrency',
  provider: 'aws',
  service: 'aws-lambda',
  use: ({ workload, configuration }, prices) => {
    const { memoryMiB, architecture } = configuration;
    const usage = {
      concurrency: 1,
      hours: monthHours,
      periods: 1,
      requests: 1,
      durationMs: workload.durationMs,
      memoryMiB,
      architecture,
      ephemeralStorageMiB: 512,
      asyncEventKiB: 0,
      egressGb: 0,
      requestsAbove: 0,
    };
    const [ready, ...ofRequests] = meterAwsLambdaProvisioned(usage, prices);
    const count = provisionedDriver(workload, 1);
    return {
      charges: [
        { metered: ready === undefined ? [] : [ready], driver: count },
        { metered: ofRequests, driver: requestsDriver },
      ],
      instances: { count, capacity: quantity(1n) },
    };
  },
};
