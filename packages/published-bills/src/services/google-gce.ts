import { amount, fields } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf, type Item } from '../restated.ts';

/** A month as the providers reckon it: 8,760 hours a year. */
const month = 730;

/** Bills of Compute Engine. */
export const googleGce = mappingOf(
  fields({
    region: v.optional(v.string('the name of a region'), 'us-central1'),
    machine: v.string('the name of a machine type'),
    hours: v.optional(amount(), month),
  }),
  ({ region, machine, hours }) => ({
    items: machinesFor(hours).map((usage) => ({
      service: 'google-gce',
      region,
      usage: { size: machine, ...usage },
    })),
    free: [],
    lines: {
      instance: ['', '-second-quarter', '-third-quarter', '-fourth-quarter'].map(
        (quarter) => `${machine}${quarter}`,
      ),
    },
  }),
);

/** More hours than a month has are those of several machines. */
function machinesFor(hours: number): readonly Item['usage'][] {
  if (hours <= 744) return [{ hours }];
  const instances = Math.floor(hours / month);
  return [{ hours: month, instances }, { hours: hours - instances * month }];
}
