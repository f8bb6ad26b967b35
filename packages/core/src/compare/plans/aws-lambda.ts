import { meterAwsLambda } from '../../billing/aws-lambda.ts';
import { exactly, product, quantity } from '../../pricing/quantity.ts';
import { requestsDriver } from '../drivers.ts';
import { coldStartCharges } from './cold-starts.ts';
import { quotaNotes } from './notes.ts';
import type { PricingPlan } from './plan.ts';

/** Lambda on demand; starting an instance is billed since 2025-08-01: AWS Compute Blog, 2025-04-29. */
export const awsLambda: PricingPlan = {
  id: 'aws-lambda',
  provider: 'aws',
  service: 'aws-lambda',
  use: ({ workload, configuration }, prices) => {
    const { memoryMiB, architecture } = configuration;
    const usage = { requests: 1, durationMs: workload.durationMs, memoryMiB, architecture };
    const second = {
      quantity: product(exactly(memoryMiB), quantity(1n, 1024n)),
      price: prices.price('aws-lambda', `compute-${architecture}`),
    };
    return {
      charges: [
        { metered: meterAwsLambda(usage, prices), driver: requestsDriver },
        ...coldStartCharges(workload, [second], 1),
      ],
      notes: quotaNotes(workload),
    };
  },
};
