import { priceLists } from '../price-lists.ts';
import * as v from 'valibot';
import { flag, real, whole } from '../input-fields.ts';

const defaultRegion = { aws: 'us-east-1', google: 'us-central1', azure: 'eastus' };

/** The most requests of a month. */
export const mostRequests = 1_000_000_000_000;

/**
 * A month of one function, as it is described to every plan alike.
 * The message of each check says what would be right.
 */
export const WorkloadSchema = v.strictObject(
  {
    requestsPerMonth: v.pipe(
      whole(0, mostRequests),
      v.description('Requests in a month of 730 hours'),
    ),
    durationMs: v.pipe(
      v.number('a number of milliseconds above 0 and up to 86,400,000 (a day)'),
      v.gtValue(0, 'a number of milliseconds above 0 and up to 86,400,000 (a day)'),
      v.maxValue(86_400_000, 'a number of milliseconds above 0 and up to 86,400,000 (a day)'),
      v.description('Of one request, on average'),
    ),
    memoryMiB: v.pipe(whole(1, 32_768), v.description('What an instance needs')),
    architecture: v.optional(
      v.pipe(
        v.picklist(['x86_64', 'arm64'], '"x86_64" or "arm64"'),
        v.description('On AWS Lambda, which alone has the choice'),
      ),
      'x86_64',
    ),
    concurrencyPerInstance: v.optional(
      v.pipe(
        whole(1, 1000),
        v.description('Requests at once, where the provider shares instances'),
      ),
      1,
    ),
    responseKiB: v.optional(v.pipe(real(0, 1_048_576), v.description('Of one response')), 2),
    peakToAverage: v.optional(
      v.pipe(real(1, 1_000_000), v.description('Busiest moment over average')),
      1,
    ),
    region: v.optional(
      v.strictObject(
        {
          aws: v.optional(regionOf(priceLists.list('aws-lambda').regions), defaultRegion.aws),
          google: v.optional(
            regionOf(priceLists.list('google-cloud-run').regions),
            defaultRegion.google,
          ),
          azure: v.optional(
            regionOf(priceLists.list('azure-functions-flex').regions),
            defaultRegion.azure,
          ),
        },
        'an object with any of aws, google, azure',
      ),
      defaultRegion,
    ),
    egress: v.optional(v.pipe(flag(), v.description('Bill what the responses send')), false),
    frontDoor: v.optional(v.pipe(flag(), v.description('Bill a gateway before functions')), false),
    diskAndAddress: v.optional(
      v.pipe(flag(), v.description('Bill a disk of 32 GB and a public address with each server')),
      false,
    ),
    everyServer: v.optional(
      v.pipe(
        flag(),
        v.description('Rank every size of server, not only usual sizes and the cheapest'),
      ),
      false,
    ),
    freeTier: v.optional(v.pipe(flag(), v.description('Take the monthly allowances off')), true),
  },
  'an object with requestsPerMonth, durationMs and memoryMiB',
);

/** A workload with every default filled in. */
export type Workload = v.InferOutput<typeof WorkloadSchema>;

function regionOf(regions: readonly string[]) {
  return v.picklist(regions, `one of the regions with known prices: ${regions.join(', ')}`);
}
