import { priceLists } from '../../price-lists.ts';
import { meterAwsLambda } from '../../billing/aws-lambda.ts';
import { limitsOf } from '../../catalog/providers.ts';
import { atLeast } from '../../pricing/rounding-step.ts';
import { httpNotes, notSharedNotes, sizeNotes } from './limits.ts';
import type { Plan } from './plan.ts';

const { memoryMiB: memory, timeoutMs } = limitsOf('aws');

/** Lambda on demand, on the processor that the workload names. */
export const awsLambda: Plan = {
  id: 'aws-lambda',
  provider: 'aws',
  list: priceLists.list('aws-lambda'),
  maxMemoryMiB: memory.max,
  maxDurationMs: timeoutMs,
  use(workload) {
    const { durationMs, architecture, region } = workload;
    const memoryMiB = atLeast(memory.min, workload.memoryMiB);
    return {
      metered: meterAwsLambda(
        { requests: 1, durationMs, memoryMiB, architecture },
        priceLists.in(region.aws),
      ),
      notes: [
        ...sizeNotes(workload, memoryMiB, 'the least there is'),
        ...httpNotes(workload, awsLambda),
        ...notSharedNotes(workload, 'an instance serves one request at a time'),
      ],
    };
  },
};
