import * as fc from 'fast-check';
import { parseWorkload } from '../parse-workload.ts';
import { WorkloadSchema, type Workload } from '../workload.ts';

const { aws, google, azure } = WorkloadSchema.entries.region.wrapped.entries;

/** Any workload there is, the likely ones and the ends of every range more often. For tests only. */
export const anyWorkload: fc.Arbitrary<Workload> = fc
  .record({
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
    architecture: fc.constantFrom('x86_64', 'arm64'),
    concurrencyPerInstance: fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(1, 3, 7)),
    responseKiB: fc.oneof(
      fc.double({ min: 0, max: 1_048_576, noNaN: true }),
      fc.integer({ min: 0, max: 5000 }),
    ),
    peakToAverage: fc.double({ min: 1, max: 1_000_000, noNaN: true }),
    region: fc.record({
      aws: fc.constantFrom(...aws.wrapped.options),
      google: fc.constantFrom(...google.wrapped.options),
      azure: fc.constantFrom(...azure.wrapped.options),
    }),
    egress: fc.constant(false),
    frontDoor: fc.constant(false),
    diskAndAddress: fc.boolean(),
    everyServer: fc.boolean(),
    freeTier: fc.boolean(),
  })
  .map(parseWorkload);
