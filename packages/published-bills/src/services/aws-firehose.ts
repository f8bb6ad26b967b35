import { above, amount, fields, real } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

/** Bills of Data Firehose: of a volume, or of so many records a second. */
export const awsFirehose = mappingOf(
  v.pipe(
    fields({
      region: v.optional(v.string('the name of a region'), 'us-east-1'),
      gb: v.optional(amount()),
      records_per_s: v.optional(amount()),
      record_kb: v.optional(above(0, 1024)),
      round_up_kb: v.optional(real(5, 5)),
      days: v.optional(amount()),
    }),
    v.forward(
      v.check(
        ({ gb, records_per_s }) => (gb === undefined) !== (records_per_s === undefined),
        'given where records_per_s is not, and left out where it is',
      ),
      ['gb'],
    ),
    v.forward(
      v.check(
        ({ gb, record_kb }) => gb !== undefined || record_kb !== undefined,
        'given where records_per_s is',
      ),
      ['record_kb'],
    ),
    v.forward(
      v.check(
        ({ gb, days }) => gb === undefined || days === undefined,
        'left out where gb is the volume of the month',
      ),
      ['days'],
    ),
  ),
  ({ region, gb, records_per_s = 0, record_kb, days = 30 }) => ({
    items: [
      {
        service: 'aws-firehose',
        region,
        ...(gb === undefined
          ? {
              plan: 'records',
              usage: { records: Math.round(records_per_s * 86_400 * days), recordKiB: record_kb },
            }
          : {
              plan: 'volume',
              usage: {
                ingestedGb: gb,
                ...(record_kb === undefined ? {} : { recordKiB: record_kb }),
              },
            }),
      },
    ],
    free: [],
    lines: { ingest: ['ingest'] },
    tiersOf: 'ingest',
  }),
);
