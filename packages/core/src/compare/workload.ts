import * as v from 'valibot';
import { defaultRegions, providerIds, type ProviderId } from '../catalog/provider-ids.ts';
import { places, regionsAt, regionsOf } from '../catalog/regions.ts';
import { above, flag, oneOf, real, whole } from '../input-fields.ts';
import { parseInput } from '../parse-input.ts';
import type { PriceLists } from '../pricing/price-lists.ts';
import { exactly, type Quantity } from '../pricing/quantity.ts';

/** Most requests of a month. */
export const mostRequests = 1_000_000_000_000;

/**
 * A month of one function, estimated on every plan and server.
 * The message of each check says what would be right.
 */
export const WorkloadSchema = v.strictObject(
  {
    requestsPerMonth: v.pipe(
      whole(0, mostRequests),
      v.description('Requests in a month of 730 hours'),
    ),
    durationMs: v.pipe(above(0, 86_400_000), v.description('Average duration of one request')),
    memoryMiB: v.pipe(whole(1, 32_768), v.description('Memory that an instance needs')),
    vcpu: v.optional(
      v.pipe(
        v.nullable(real(0.001, 64)),
        v.description('vCPU of an instance; null: the plan’s own'),
      ),
      null,
    ),
    architecture: v.optional(
      v.pipe(
        oneOf(['x86_64', 'arm64']),
        v.description('arm64: AWS Lambda on arm64, and Arm servers as well as x86 servers'),
      ),
      'x86_64',
    ),
    concurrencyPerInstance: v.optional(
      v.pipe(
        whole(1, 1000),
        v.description('Requests at once in an instance, where the plan shares instances'),
      ),
      1,
    ),
    cpuPerRequest: v.optional(
      v.pipe(
        v.nullable(real(0.001, 64)),
        v.description(
          'vCPU that a request keeps busy; less for one that waits for others. null: 1 on servers, and no limit to the requests of an instance',
        ),
      ),
      null,
    ),
    arrivals: v.optional(
      v.pipe(
        oneOf(['random', 'even']),
        v.description('random: independent requests; even: equal time between requests'),
      ),
      'random',
    ),
    peakToAverage: v.optional(
      v.pipe(
        real(1, 1_000_000),
        v.description(
          'On/off traffic: p times the average rate during 1/p of the month, else none',
        ),
      ),
      1,
    ),
    coldStarts: v.optional(
      v.pipe(real(0, 1), v.description('Share of requests that start an instance')),
      0,
    ),
    initMs: v.optional(v.pipe(real(0, 900_000), v.description('Time to start an instance')), 0),
    responseKiB: v.optional(v.pipe(real(0, 1_048_576), v.description('Size of one response')), 2),
    place: v.optional(
      v.pipe(
        v.nullable(oneOf(places.map(({ id }) => id))),
        v.description('The region of each provider in or nearest to this place'),
      ),
      null,
    ),
    region: v.optional(
      v.strictObject(
        {
          aws: v.optional(oneOf(regionsOf('aws'))),
          google: v.optional(oneOf(regionsOf('google'))),
          azure: v.optional(oneOf(regionsOf('azure'))),
        },
        `an object with any of ${providerIds.join(', ')}`,
      ),
      {},
    ),
    egress: v.optional(v.pipe(flag(), v.description('Bill the data that responses send')), false),
    frontDoor: v.optional(
      v.pipe(
        flag(),
        v.description('Bill a gateway before functions, a load balancer before several servers'),
      ),
      false,
    ),
    diskAndAddress: v.optional(
      v.pipe(flag(), v.description('Bill a disk of 32 GB and a public address with each server')),
      false,
    ),
    redundancy: v.optional(
      v.pipe(
        oneOf([1, 2]),
        v.description('2: twice the servers that carry the workload, so that half may fail'),
      ),
      1,
    ),
    commitment: v.optional(
      v.pipe(
        oneOf(['none', '1y']),
        v.description('1y: also rank servers committed to for one year'),
      ),
      'none',
    ),
    everyServer: v.optional(
      v.pipe(
        flag(),
        v.description('Rank every server size, not only usual sizes and the cheapest'),
      ),
      false,
    ),
    includeLegacy: v.optional(
      v.pipe(
        flag(),
        v.description('Rank plans that are closed to new functions or announced to end'),
      ),
      false,
    ),
    freeTier: v.optional(v.pipe(flag(), v.description('Deduct the monthly free tiers')), true),
  },
  'an object with requestsPerMonth, durationMs and memoryMiB',
);

/** A workload with every default filled in, and the region of each provider. */
export interface Workload extends Omit<v.InferOutput<typeof WorkloadSchema>, 'region'> {
  readonly region: Readonly<Record<ProviderId, string>>;
}

/** Parses a workload and fills in its defaults; throws `InvalidInputError` with every fault at once. */
export function parseWorkload(input: unknown, prices: PriceLists): Workload {
  const workload = parseInput(WorkloadSchema, input, { subject: 'The workload' });
  const { place, region } = workload;
  const usual = place === null ? defaultRegions : regionsAt(place, functionRegions(prices));
  return {
    ...workload,
    region: {
      aws: region.aws ?? usual.aws,
      google: region.google ?? usual.google,
      azure: region.azure ?? usual.azure,
    },
  };
}

/** Regions of each provider that have prices for functions. */
export function functionRegions(
  prices: PriceLists,
): Readonly<Record<ProviderId, readonly string[]>> {
  return {
    aws: prices.list('aws-lambda').regions,
    google: prices.list('google-cloud-run').regions,
    azure: prices.list('azure-functions-flex').regions,
  };
}

/** vCPU that one request keeps busy on a server: a whole one unless the workload says otherwise. */
export function cpuPerRequest({ cpuPerRequest: given }: Workload): Quantity {
  return exactly(given ?? 1);
}
