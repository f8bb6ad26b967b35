import * as v from 'valibot';
import { BillSchema, Decimal } from '../billing/bill-schema.ts';
import { providerIds } from '../catalog/provider-ids.ts';
import { TextSchema } from '../catalog/text.ts';
import { WorkloadSchema } from './workload.ts';

const Id = v.string();
const Provider = v.picklist(providerIds);
const Requests = v.pipe(v.number(), v.integer(), v.minValue(0));
const Architecture = v.picklist(['x86_64', 'arm64']);

const InstancesSchema = v.strictObject({
  count: v.pipe(v.number(), v.integer(), v.minValue(1)),
  capacity: v.pipe(Decimal, v.description('Requests at once that one of them carries')),
  utilization: v.pipe(Decimal, v.description('Average requests in flight over the capacity')),
});

/** Cost of a month of the workload on one plan or server. */
export const EstimateSchema = v.strictObject({
  id: v.pipe(
    Id,
    v.description('<provider>-<service>, of a server with its size: aws-ec2-t3.small'),
  ),
  provider: Provider,
  configuration: v.pipe(
    v.strictObject({
      memoryMiB: v.number(),
      vcpu: v.number(),
      architecture: Architecture,
      concurrency: v.number(),
    }),
    v.description('Of one instance or server; concurrency: requests at once in an instance'),
  ),
  bill: BillSchema,
  instances: v.pipe(
    v.nullable(InstancesSchema),
    v.description('Provisioned instances or servers; null: none is provisioned'),
  ),
  isDeployTarget: v.pipe(
    v.boolean(),
    v.description('The plan and configuration that `tricloud deploy` creates'),
  ),
  legacy: v.pipe(
    v.nullable(v.strictObject({ endsOn: v.nullable(v.string()), reason: TextSchema })),
    v.description('Kept for existing functions, or announced to end on that day'),
  ),
  commitment: v.pipe(
    v.nullable(v.picklist(['1y'])),
    v.description('Committed to for one year; null: on demand'),
  ),
  isComplete: v.pipe(
    v.boolean(),
    v.description('false: an additional charge has no price for this region'),
  ),
  notes: v.pipe(
    v.array(TextSchema),
    v.description('Where what is billed is not what was asked for'),
  ),
});

/** A workload on every plan and server, in order of cost. */
export const ComparisonSchema = v.strictObject({
  workload: WorkloadSchema,
  asOf: v.pipe(v.string(), v.isoDate(), v.description('Day of the comparison')),
  peakInFlight: v.pipe(Decimal, v.description('Average requests at once while traffic is on')),
  plans: v.array(EstimateSchema),
  servers: v.pipe(
    v.array(EstimateSchema),
    v.description('Six usual sizes and the cheapest of each provider; or every size'),
  ),
  order: v.pipe(
    v.array(Id),
    v.description('Cheapest first; at the same cost, by id; without legacy plans'),
  ),
  breakEven: v.pipe(
    v.array(
      v.strictObject({
        plan: Id,
        server: Id,
        requestsPerMonth: v.nullable(Requests),
        crossings: v.array(
          v.strictObject({
            requestsPerMonth: Requests,
            moreExpensive: v.picklist(['plan', 'server']),
          }),
        ),
        isComplete: v.pipe(v.boolean(), v.description('false: there are more crossings')),
      }),
    ),
    v.description(
      'requestsPerMonth: the least at which the plan costs more than the server, all else as in the workload; null: never. crossings: from where on which of them is more expensive',
    ),
  ),
  sizes: v.pipe(
    v.array(
      v.strictObject({
        id: Id,
        provider: Provider,
        vcpu: v.number(),
        memoryMiB: v.number(),
        architecture: Architecture,
        instances: v.nullable(InstancesSchema),
        totalUsd: v.nullable(Decimal),
        reason: v.pipe(v.nullable(TextSchema), v.description('Why it is unavailable')),
      }),
    ),
    v.description('Every server size: how many carry the workload, at what cost'),
  ),
  unavailable: v.pipe(
    v.array(v.strictObject({ id: Id, reason: TextSchema })),
    v.description('Plans and servers that cannot carry the workload, or have no price'),
  ),
  notes: v.pipe(
    v.array(TextSchema),
    v.description('Assumptions, what is not billed, and prices that are old or unverified'),
  ),
});

/** Cost of a month of the workload on one plan or server. */
export type Estimate = v.InferOutput<typeof EstimateSchema>;

/** A workload on every plan and server, in order of cost. */
export type Comparison = v.InferOutput<typeof ComparisonSchema>;
