import * as v from 'valibot';
import { BillSchema, Decimal } from '../billing/bill-schema.ts';
import { WorkloadSchema } from './workload.ts';

const Id = v.string();
const Requests = v.pipe(v.number(), v.integer(), v.minValue(0));

const Provider = v.picklist(['aws', 'google', 'azure']);
const KeptSchema = v.strictObject({
  count: v.pipe(v.number(), v.integer(), v.minValue(1)),
  carries: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1),
    v.description('Requests at once, each of them'),
  ),
  usedShare: v.pipe(Decimal, v.description('Average over what all can carry')),
});

/** What a month of the workload costs in one place. */
export const OfferSchema = v.strictObject({
  id: v.pipe(
    Id,
    v.description('<provider>-<service>, of a server with its size: aws-ec2-t3.small'),
  ),
  provider: Provider,
  bill: BillSchema,
  kept: v.pipe(
    v.nullable(KeptSchema),
    v.description('Machines or instances kept all month; null: none'),
  ),
  notes: v.pipe(
    v.array(v.string()),
    v.description('Where what is billed is not what was asked for'),
  ),
});

/** A workload on every plan and server, in order of cost. */
export const ComparisonSchema = v.strictObject({
  workload: WorkloadSchema,
  asOf: v.pipe(v.string(), v.isoDate(), v.description('The day it was asked for')),
  peakInFlight: v.pipe(Decimal, v.description('Requests at once at the busiest moment')),
  plans: v.array(OfferSchema),
  servers: v.pipe(
    v.array(OfferSchema),
    v.description('Six usual sizes and the cheapest of each provider; or every size'),
  ),
  order: v.pipe(v.array(Id), v.description('Cheapest first; alike, by id')),
  breakEven: v.pipe(
    v.array(
      v.strictObject({
        plan: Id,
        server: Id,
        requestsPerMonth: v.nullable(Requests),
        crossings: v.array(
          v.strictObject({ requestsPerMonth: Requests, dearer: v.picklist(['plan', 'server']) }),
        ),
        isComplete: v.pipe(v.boolean(), v.description('false: there are more crossings')),
      }),
    ),
    v.description(
      'requestsPerMonth: the least at which the plan costs more than the server, all else as in the workload; null: never. crossings: from where on which of them is dearer',
    ),
  ),
  sizes: v.pipe(
    v.array(
      v.strictObject({
        id: Id,
        provider: Provider,
        vcpu: v.pipe(v.number(), v.integer(), v.minValue(1)),
        memoryMiB: v.pipe(v.number(), v.integer(), v.minValue(1)),
        architecture: v.picklist(['x86_64', 'arm64']),
        kept: v.nullable(KeptSchema),
        totalUsd: v.nullable(Decimal),
        why: v.pipe(v.nullable(v.string()), v.description('Why it cannot; null: it can')),
      }),
    ),
    v.description('Every size of server: how many of it carry the workload, at what cost'),
  ),
  unavailable: v.pipe(
    v.array(v.strictObject({ id: Id, why: v.string() })),
    v.description('Cannot carry the workload, or has no known price'),
  ),
  notes: v.pipe(
    v.array(v.string()),
    v.description('What is on no bill, and prices that are old or were not read in their source'),
  ),
});

/** What a month of the workload costs in one place. */
export type Offer = v.InferOutput<typeof OfferSchema>;

/** A workload on every plan and server, in order of cost. */
export type Comparison = v.InferOutput<typeof ComparisonSchema>;

/** One of the three clouds. */
export type ProviderId = Offer['provider'];
