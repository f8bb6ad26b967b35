import * as fc from 'fast-check';
import { places, regionsOf } from '../../catalog/regions.ts';
import { priceLists } from '../../price-lists.ts';
import { parseWorkload, type Workload } from '../workload.ts';
import { knownRegions } from './oracle.ts';

const fields = {
  requestsPerMonth: fc.oneof(
    fc.integer({ min: 0, max: 1_000_000_000_000 }),
    fc.integer({ min: 0, max: 100_000_000 }),
    fc.constantFrom(0, 1, 250_000, 250_001, 1_000_000, 1_000_001, 1_000_000_000_000),
  ),
  durationMs: fc.oneof(
    fc.integer({ min: 1, max: 5000 }),
    fc.integer({ min: 1, max: 86_400_000 }),
    fc.double({ min: 0.001, max: 2000, noNaN: true }),
    fc.constantFrom(99, 100, 101, 999, 1000, 1001, 600_000, 600_001, 900_000, 900_001),
  ),
  memoryMiB: fc.oneof(
    fc.integer({ min: 1, max: 2048 }),
    fc.integer({ min: 1, max: 32_768 }),
    fc.constantFrom(128, 129, 512, 513, 1024, 1536, 1537, 2048, 4096, 4097, 10_240, 10_241),
  ),
  vcpu: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    // A thousandth is the smallest step that is sold.
    fc.integer({ min: 80, max: 8000 }).map((thousandths) => thousandths / 1000),
    fc.constantFrom(0.08, 0.333, 0.5, 1, 2, 4, 6, 8, 64),
  ),
  architecture: fc.constantFrom('x86_64', 'arm64'),
  concurrencyPerInstance: fc.oneof(
    { weight: 2, arbitrary: fc.constant(1) },
    fc.integer({ min: 1, max: 1000 }),
    fc.constantFrom(3, 7),
  ),
  cpuPerRequest: fc.oneof(
    { weight: 2, arbitrary: fc.constant(null) },
    fc.double({ min: 0.001, max: 4, noNaN: true }),
    fc.constantFrom(0.001, 0.1, 0.25, 1, 2, 64),
  ),
  arrivals: fc.constantFrom('random', 'even'),
  peakToAverage: fc.oneof(
    fc.constant(1),
    fc.double({ min: 1, max: 100, noNaN: true }),
    fc.double({ min: 1, max: 1_000_000, noNaN: true }),
  ),
  coldStarts: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
  initMs: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 20_000, noNaN: true })),
  responseKiB: fc.oneof(
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 5000 }) },
    fc.double({ min: 0, max: 1_048_576, noNaN: true }),
  ),
  diskAndAddress: fc.boolean(),
  redundancy: fc.constantFrom(1, 2),
  commitment: fc.constantFrom('none', '1y'),
  everyServer: fc.boolean(),
  includeLegacy: fc.boolean(),
  freeTier: fc.boolean(),
};

type Regions = Readonly<Record<'aws' | 'google' | 'azure', readonly string[]>>;

/** Fields whose prices the oracle does not know. */
interface Extras {
  readonly place: fc.Arbitrary<string | null>;
  readonly egress: fc.Arbitrary<boolean>;
  readonly frontDoor: fc.Arbitrary<boolean>;
}

function workloadIn(regions: Regions, extras: Extras): fc.Arbitrary<Workload> {
  const region = fc.record({
    aws: fc.constantFrom(...regions.aws),
    google: fc.constantFrom(...regions.google),
    azure: fc.constantFrom(...regions.azure),
  });
  return fc
    .record({ ...fields, ...extras, region })
    .map((input): Workload => parseWorkload(input, priceLists));
}

/** Any workload there is, the likely ones and the ends of every range more often. For tests only. */
export const anyWorkload: fc.Arbitrary<Workload> = workloadIn(
  { aws: regionsOf('aws'), google: regionsOf('google'), azure: regionsOf('azure') },
  {
    place: fc.option(fc.constantFrom(...places.map(({ id }) => id))),
    egress: fc.boolean(),
    frontDoor: fc.boolean(),
  },
);

/** Any workload in the regions whose prices the oracle knows; it knows none of data and gateways. */
export const knownWorkload: fc.Arbitrary<Workload> = workloadIn(knownRegions, {
  place: fc.constant(null),
  egress: fc.constant(false),
  frontDoor: fc.constant(false),
});
