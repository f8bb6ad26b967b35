import * as v from 'valibot';
import { above, amount, count, fields } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, product, quantity, ratio, type Quantity } from '../pricing/quantity.ts';
import { roundUpToStep } from '../pricing/rounding-step.ts';
import { meterAll, meterUsed, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** Charges in addition to ingestion. */
const extras = {
  /** What is turned into Parquet or ORC. */
  conversionGb: v.optional(amount(), 0),
  /** What is delivered into a VPC, and how long that stands ready, in each zone. */
  vpcGb: v.optional(amount(), 0),
  vpcZoneHours: v.optional(amount(), 0),
};

/** A month of which the records are counted. */
const RecordsSchema = fields({ records: count(), recordKiB: above(0, 1024), ...extras });

/** A month of which the volume is known, and how long a record is where records are rounded. */
const VolumeSchema = fields({
  ingestedGb: amount(),
  recordKiB: v.optional(above(0, 1024)),
  ...extras,
});

/** Charges in addition to ingestion. */
type Extras = Pick<v.InferOutput<typeof RecordsSchema>, 'conversionGb' | 'vpcGb' | 'vpcZoneHours'>;

/** Each record is rounded up to 5 KB: https://aws.amazon.com/firehose/pricing/, read 2026-11-22. */
function billedKiB(recordKiB: number): Quantity {
  return quantity(BigInt(roundUpToStep(recordKiB, 5)));
}

function meter(ingested: Quantity, used: Extras, prices: RegionPrices): readonly Metered[] {
  return [
    ...meterAll(prices, 'aws-firehose', { ingest: ingested }),
    // Delivery into a VPC has a known price in one region only.
    ...meterUsed(prices, 'aws-firehose', {
      conversion: used.conversionGb,
      'vpc-data': used.vpcGb,
      'vpc-hours': used.vpcZoneHours,
    }),
  ];
}

/** Streams of Amazon Data Firehose. */
export const awsFirehose: BilledService = {
  id: 'aws-firehose',
  plans: {
    records: planOf(RecordsSchema, ({ records, recordKiB, ...used }, prices) => {
      const gb = product(billedKiB(recordKiB), quantity(BigInt(records), 1_048_576n));
      return meter(gb, used, prices);
    }),
    volume: planOf(VolumeSchema, ({ ingestedGb, recordKiB, ...used }, prices) => {
      const gb = exactly(ingestedGb);
      if (recordKiB === undefined) return meter(gb, used, prices);
      const growth = ratio(billedKiB(recordKiB), exactly(recordKiB));
      return meter(product(gb, growth), used, prices);
    }),
  },
};
