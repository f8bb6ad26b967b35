import * as v from 'valibot';
import { amount, count, fields, flag, oneOf, real } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, product, quantity } from '../pricing/quantity.ts';
import { atLeast, roundUpToStep } from '../pricing/rounding-step.ts';
import { meterUsed, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** Additional charges of a table in either mode: not its own reads, writes and storage. */
const extras = {
  /** Kept for restoring to a point in time. */
  pitrGbMonths: v.optional(amount(), 0),
  backupGbMonths: v.optional(amount(), 0),
  restoredGb: v.optional(amount(), 0),
  exportedGb: v.optional(amount(), 0),
  streamsReadRequests: v.optional(count(), 0),
  /** Changes captured for Kinesis. */
  cdcUnits: v.optional(count(), 0),
  /** What replicas of a global table keep, in the region of the replica. */
  replicaStorageGbMonths: v.optional(amount(), 0),
};

const tableClass = v.optional(oneOf(['standard', 'standard-ia']), 'standard');

/** A month of a table on demand, in request units. */
const UnitsSchema = fields({
  tableClass,
  writeRequestUnits: v.optional(amount(), 0),
  readRequestUnits: v.optional(amount(), 0),
  /** Written to a replica of a global table, in the region of the replica. */
  replicatedWriteRequestUnits: v.optional(amount(), 0),
  storageGbMonths: v.optional(amount(), 0),
  ...extras,
});

/** A month of a table on demand, in reads and writes of items alike. */
const ItemsSchema = fields({
  tableClass,
  writes: count(),
  reads: count(),
  /** An item is 400 KB at most. */
  itemKiB: v.optional(real(0, 400), 1),
  consistency: v.optional(oneOf(['eventual', 'strong', 'transactional']), 'eventual'),
  transactionalWrites: v.optional(flag(), false),
  storageGbMonths: v.optional(amount(), 0),
  ...extras,
});

/** A month of a table of the class Standard with provisioned capacity, the mean of it where it is scaled. */
const ProvisionedSchema = fields({
  writeCapacityUnits: real(0, 1_000_000),
  readCapacityUnits: real(0, 1_000_000),
  hours: v.optional(real(0, 744), 730),
  storageGbMonths: v.optional(amount(), 0),
  ...extras,
});

type Extras = Pick<v.InferOutput<typeof ProvisionedSchema>, keyof typeof extras>;

function meterExtras(used: Extras, prices: RegionPrices): readonly Metered[] {
  return meterUsed(prices, 'aws-dynamodb', {
    'replica-storage': used.replicaStorageGbMonths,
    pitr: used.pitrGbMonths,
    backup: used.backupGbMonths,
    restore: used.restoredGb,
    export: used.exportedGb,
    streams: used.streamsReadRequests,
    cdc: used.cdcUnits,
  });
}

/** The price of a class: the ids of Standard have no prefix. */
function inClass(name: 'standard' | 'standard-ia', id: string): string {
  return name === 'standard' ? id : `ia-${id}`;
}

function meterUnits(
  usage: v.InferOutput<typeof UnitsSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  return [
    ...meterUsed(prices, 'aws-dynamodb', {
      [inClass(usage.tableClass, 'wru')]: usage.writeRequestUnits,
      [inClass(usage.tableClass, 'rru')]: usage.readRequestUnits,
      'replicated-wru': usage.replicatedWriteRequestUnits,
      [inClass(usage.tableClass, 'storage')]: usage.storageGbMonths,
    }),
    ...meterExtras(usage, prices),
  ];
}

/** Half units of a read of 4 KB: https://aws.amazon.com/dynamodb/pricing/on-demand/, read 2026-11-22. */
const halvesARead = { eventual: 1n, strong: 2n, transactional: 4n };

/** A write unit is 1 KB, a read unit 4 KB; a transaction takes two of them, an eventually consistent read half of one. */
function meterItems(
  usage: v.InferOutput<typeof ItemsSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const { writes, reads, itemKiB, consistency, transactionalWrites } = usage;
  const unitsAWrite =
    BigInt(atLeast(1, roundUpToStep(itemKiB, 1))) * (transactionalWrites ? 2n : 1n);
  const unitsARead = BigInt(atLeast(4, roundUpToStep(itemKiB, 4)) / 4);
  return [
    ...meterUsed(prices, 'aws-dynamodb', {
      [inClass(usage.tableClass, 'wru')]: quantity(BigInt(writes) * unitsAWrite),
      [inClass(usage.tableClass, 'rru')]: quantity(
        BigInt(reads) * unitsARead * halvesARead[consistency],
        2n,
      ),
      [inClass(usage.tableClass, 'storage')]: usage.storageGbMonths,
    }),
    ...meterExtras(usage, prices),
  ];
}

/** The free 25 units of each kind are free for the 730 hours of a month. */
function meterProvisioned(
  usage: v.InferOutput<typeof ProvisionedSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const hours = exactly(usage.hours);
  return [
    ...meterUsed(prices, 'aws-dynamodb', {
      wcu: product(exactly(usage.writeCapacityUnits), hours),
      rcu: product(exactly(usage.readCapacityUnits), hours),
      storage: usage.storageGbMonths,
    }),
    ...meterExtras(usage, prices),
  ];
}

/** Tables of DynamoDB. What goes to a replica in another region is data transfer. */
export const awsDynamodb: BilledService = {
  id: 'aws-dynamodb',
  plans: {
    'on-demand': planOf(UnitsSchema, meterUnits),
    'on-demand-items': planOf(ItemsSchema, meterItems),
    provisioned: planOf(ProvisionedSchema, meterProvisioned),
  },
};
