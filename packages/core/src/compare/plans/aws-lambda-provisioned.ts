import { priceLists } from '../../price-lists.ts';
import { meterAwsLambdaProvisioned } from '../../billing/aws-lambda.ts';
import { limitsOf } from '../../catalog/providers.ts';
import { atLeast } from '../../pricing/rounding-step.ts';
import { monthHours, oneMonth } from '../curve.ts';
import { httpNotes, notSharedNotes, sizeNotes } from './limits.ts';
import type { Plan } from './plan.ts';

const { memoryMiB: memory, timeoutMs } = limitsOf('aws');

/** Lambda with as much provisioned concurrency all month as the busiest moment needs. */
export const awsLambdaProvisioned: Plan = {
  id: 'aws-lambda-provisioned-concurrency',
  provider: 'aws',
  list: priceLists.list('aws-lambda'),
  maxMemoryMiB: memory.max,
  maxDurationMs: timeoutMs,
  use(workload) {
    const { durationMs, architecture, region } = workload;
    const memoryMiB = atLeast(memory.min, workload.memoryMiB);
    // Written out, since this is on the way of every comparison and a spread is not free.
    const usage = {
      concurrency: 1,
      hours: monthHours,
      periods: 1,
      requests: 1,
      durationMs,
      memoryMiB,
      architecture,
      ephemeralStorageMiB: 512,
      asyncEventKiB: 0,
      egressGb: 0,
      requestsAbove: 0,
    };
    const [ready, ...ofRequests] = meterAwsLambdaProvisioned(usage, priceLists.in(region.aws));
    return {
      metered: ofRequests,
      kept: { month: oneMonth(ready === undefined ? [] : [ready]), carries: 1 },
      notes: [
        ...sizeNotes(workload, memoryMiB, 'the least there is'),
        ...httpNotes(workload, awsLambdaProvisioned),
        ...notSharedNotes(workload, 'an instance serves one request at a time'),
      ],
    };
  },
};
