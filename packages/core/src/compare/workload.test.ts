import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidInputError, type Fault } from '../invalid-input.ts';
import { places } from '../catalog/regions.ts';
import { priceLists } from '../price-lists.ts';
import { toNumber } from '../pricing/quantity.ts';
import { anyWorkload } from './testing/any-workload.ts';
import {
  cpuPerRequest,
  functionRegions,
  parseWorkload as parse,
  type Workload,
} from './workload.ts';

const least = { requestsPerMonth: 3_000_000, durationMs: 120, memoryMiB: 1536 };
const fields =
  'requestsPerMonth, durationMs, memoryMiB, vcpu, architecture, concurrencyPerInstance, cpuPerRequest, arrivals, peakToAverage, coldStarts, initMs, responseKiB, place, region, egress, frontDoor, diskAndAddress, redundancy, commitment, everyServer, includeLegacy, freeTier';

function parseWorkload(input: unknown): Workload {
  return parse(input, priceLists);
}

function busyVcpu(input: object): number {
  return toNumber(cpuPerRequest(parseWorkload({ ...least, ...input })));
}

function faultsOf(input: unknown): readonly Fault[] {
  try {
    parseWorkload(input);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.faults;
    throw error;
  }
  return [];
}

describe('parseWorkload', () => {
  test('fills in the defaults', () => {
    expect(parseWorkload(least)).toEqual({
      ...least,
      vcpu: null,
      architecture: 'x86_64',
      concurrencyPerInstance: 1,
      cpuPerRequest: null,
      arrivals: 'random',
      peakToAverage: 1,
      coldStarts: 0,
      initMs: 0,
      responseKiB: 2,
      place: null,
      region: { aws: 'us-east-1', google: 'us-central1', azure: 'eastus' },
      egress: false,
      frontDoor: false,
      diskAndAddress: false,
      redundancy: 1,
      commitment: 'none',
      everyServer: false,
      includeLegacy: false,
      freeTier: true,
    });
  });

  test('a region may name some of the providers', () => {
    expect(parseWorkload({ ...least, region: { google: 'asia-southeast1' } }).region).toEqual({
      aws: 'us-east-1',
      google: 'asia-southeast1',
      azure: 'eastus',
    });
  });

  test('a place is the region of each provider in or nearest to it, but one that is named stays', () => {
    const region = parseWorkload({ ...least, place: 'virginia' }).region;
    expect(region).toMatchObject({ aws: 'us-east-1', azure: 'eastus' });
    const named = { ...least, place: 'singapore', region: { google: 'europe-west1' } };
    expect(parseWorkload(named).region.google).toBe('europe-west1');
    expect(parseWorkload({ ...least, place: 'singapore' }).region.google).toBe('asia-southeast1');
  });

  test('a place that is not known is refused with those that are', () => {
    const [fault, ...others] = faultsOf({ ...least, place: 'atlantis' });
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ path: 'place', value: 'atlantis' });
    expect(fault?.problem).toContain('"singapore"');
  });

  test('the regions of a place have prices for functions', () => {
    for (const { id } of places) {
      const { region } = parseWorkload({ ...least, place: id });
      for (const provider of ['aws', 'google', 'azure'] as const) {
        expect(functionRegions(priceLists)[provider]).toContain(region[provider]);
      }
    }
  });

  test('vCPU that a request keeps busy is one shared by the requests of an instance, or what is said', () => {
    expect(busyVcpu({})).toBe(1);
    expect(busyVcpu({ concurrencyPerInstance: 8 })).toBe(0.125);
    expect(busyVcpu({ concurrencyPerInstance: 8, cpuPerRequest: 0.3 })).toBe(0.3);
  });

  test('a workload with its defaults filled in is read as itself', () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        expect(parseWorkload(workload)).toEqual(workload);
      }),
    );
  });

  test('zero is zero, whichever sign JSON gives it', () => {
    const workload = parseWorkload(
      JSON.parse('{"requestsPerMonth":-0,"durationMs":1,"memoryMiB":1,"responseKiB":-0}'),
    );
    expect([workload.requestsPerMonth, workload.responseKiB]).toEqual([0, 0]);
  });

  const whole = 'but must be a whole number from 0 to 1,000,000,000,000';
  const duration = 'but must be a number above 0 and up to 86,400,000';
  const memory = 'but must be a whole number from 1 to 32,768';
  test.each([
    { field: 'requestsPerMonth', value: undefined, problem: `is missing, ${whole}` },
    { field: 'requestsPerMonth', value: null, problem: `is null, ${whole}` },
    { field: 'requestsPerMonth', value: '3000000', problem: `is "3000000", ${whole}` },
    { field: 'requestsPerMonth', value: -1, problem: `is -1, ${whole}` },
    { field: 'requestsPerMonth', value: 1.5, problem: `is 1.5, ${whole}` },
    { field: 'requestsPerMonth', value: -1.5, problem: `is -1.5, ${whole}` },
    { field: 'requestsPerMonth', value: 1e13, problem: `is 10000000000000, ${whole}` },
    { field: 'requestsPerMonth', value: Number.NaN, problem: `is NaN, ${whole}` },
    { field: 'requestsPerMonth', value: JSON.parse('1e400'), problem: `is Infinity, ${whole}` },
    { field: 'requestsPerMonth', value: 3n, problem: `is 3, ${whole}` },
    { field: 'requestsPerMonth', value: [3], problem: `is an array of 1, ${whole}` },
    { field: 'requestsPerMonth', value: { a: 1 }, problem: `is an object, ${whole}` },
    { field: 'durationMs', value: 0, problem: `is 0, ${duration}` },
    { field: 'durationMs', value: -0, problem: `is 0, ${duration}` },
    { field: 'durationMs', value: 86_400_001, problem: `is 86400001, ${duration}` },
    { field: 'durationMs', value: true, problem: `is true, ${duration}` },
    { field: 'memoryMiB', value: 0, problem: `is 0, ${memory}` },
    { field: 'memoryMiB', value: 128.5, problem: `is 128.5, ${memory}` },
    { field: 'memoryMiB', value: 32_769, problem: `is 32769, ${memory}` },
    {
      field: 'architecture',
      value: 'arm',
      problem: 'is "arm", but must be one of "x86_64", "arm64"',
    },
    {
      field: 'architecture',
      value: 'constructor',
      problem: 'is "constructor", but must be one of "x86_64", "arm64"',
    },
    {
      field: 'concurrencyPerInstance',
      value: 1001,
      problem: 'is 1001, but must be a whole number from 1 to 1,000',
    },
    {
      field: 'responseKiB',
      value: -0.5,
      problem: 'is -0.5, but must be a number from 0 to 1,048,576',
    },
    {
      field: 'peakToAverage',
      value: 0.9,
      problem: 'is 0.9, but must be a number from 1 to 1,000,000',
    },
    { field: 'vcpu', value: 0, problem: 'is 0, but must be a number from 0.001 to 64' },
    { field: 'vcpu', value: 65, problem: 'is 65, but must be a number from 0.001 to 64' },
    { field: 'vcpu', value: '1', problem: 'is "1", but must be a number from 0.001 to 64' },
    { field: 'cpuPerRequest', value: 0, problem: 'is 0, but must be a number from 0.001 to 64' },
    {
      field: 'cpuPerRequest',
      value: Number.NaN,
      problem: 'is NaN, but must be a number from 0.001 to 64',
    },
    {
      field: 'arrivals',
      value: 'poisson',
      problem: 'is "poisson", but must be one of "random", "even"',
    },
    { field: 'coldStarts', value: 1.01, problem: 'is 1.01, but must be a number from 0 to 1' },
    { field: 'coldStarts', value: -0.1, problem: 'is -0.1, but must be a number from 0 to 1' },
    {
      field: 'initMs',
      value: 900_001,
      problem: 'is 900001, but must be a number from 0 to 900,000',
    },
    { field: 'redundancy', value: 3, problem: 'is 3, but must be one of 1, 2' },
    { field: 'redundancy', value: '2', problem: 'is "2", but must be one of 1, 2' },
    { field: 'commitment', value: '3y', problem: 'is "3y", but must be one of "none", "1y"' },
    { field: 'commitment', value: null, problem: 'is null, but must be one of "none", "1y"' },
    { field: 'includeLegacy', value: 1, problem: 'is 1, but must be true or false' },
    { field: 'freeTier', value: 'yes', problem: 'is "yes", but must be true or false' },
    { field: 'freeTier', value: null, problem: 'is null, but must be true or false' },
    {
      field: 'region',
      value: 'us-east-1',
      problem: 'is "us-east-1", but must be an object with any of aws, google, azure',
    },
    {
      field: 'region',
      value: ['us-east-1'],
      problem: 'is an array of 1, but must be an object with any of aws, google, azure',
    },
    {
      field: 'price',
      value: 1,
      problem: `is 1, but there is no such field; the fields are ${fields}`,
    },
    {
      field: 'constructor',
      value: 1,
      problem: `is 1, but there is no such field; the fields are ${fields}`,
    },
    {
      field: 'toString',
      value: 'x'.repeat(100),
      problem: `is "${'x'.repeat(59)}…, but there is no such field; the fields are ${fields}`,
    },
  ])('refuses $field $value: $problem', ({ field, value, problem }) => {
    expect(faultsOf({ ...least, [field]: value })).toEqual([{ path: field, value, problem }]);
  });

  test.each([
    { region: { aws: 'eu-west-9' }, path: 'region.aws', has: 'us-east-1' },
    { region: { azure: 'southeast-asia' }, path: 'region.azure', has: 'eastus' },
    { region: { google: 'us-east-1' }, path: 'region.google', has: '"us-central1"' },
    { region: { google: '__proto__' }, path: 'region.google', has: 'asia-southeast1' },
    { region: { gcp: 'us-central1' }, path: 'region.gcp', has: 'aws, google, azure' },
    { region: { aws: 7 }, path: 'region.aws', has: 'us-east-1' },
  ])(
    'a region that is not known is refused with those that are: $path',
    ({ region, path, has }) => {
      const [fault, ...others] = faultsOf({ ...least, region });
      expect(others).toEqual([]);
      expect(fault?.path).toBe(path);
      expect(fault?.value).toBe(Object.values(region)[0]);
      expect(fault?.problem).toContain(has);
    },
  );

  test.each([null, undefined, [], [least], 'text', 7, true, () => least])(
    'refuses %s, which is no workload',
    (input) => {
      const [fault, ...others] = faultsOf(input);
      expect(others).toEqual([]);
      expect(fault).toMatchObject({ path: '', value: input });
      expect(fault?.problem).toContain('an object with requestsPerMonth, durationMs and memoryMiB');
    },
  );

  test('tells every fault at once', () => {
    const input: unknown = JSON.parse(
      '{"requestsPerMonth":1e400,"durationMs":"5","colour":1,"__proto__":{"memoryMiB":1},"region":{"aws":"mars","x":1},"freeTier":0}',
    );
    expect(faultsOf(input).map(({ path }) => path)).toEqual([
      'colour',
      '__proto__',
      'region.x',
      'requestsPerMonth',
      'durationMs',
      'memoryMiB',
      'region.aws',
      'freeTier',
    ]);
  });

  test.each([
    { key: '', path: '""', why: 'an empty name is not the workload as a whole' },
    { key: 'region.aws', path: '"region.aws"', why: 'a dot in a name is no way down' },
    { key: 'items[0]', path: '"items[0]"', why: 'nor is a number in brackets' },
  ])('the path of a field named $key is $path: $why', ({ key, path }) => {
    const problem = `is 1, but there is no such field; the fields are ${fields}`;
    expect(faultsOf({ ...least, [key]: 1 })).toEqual([{ path, value: 1, problem }]);
    expect(() => parseWorkload({ ...least, [key]: 1 })).toThrow(`${path} ${problem}`);
  });

  test('a field whose name looks like a path hides no fault at that path', () => {
    const faults = faultsOf({ ...least, 'region.aws': 1, region: { aws: 'mars' } });
    expect(faults.map(({ path, value }) => ({ path, value }))).toEqual([
      { path: '"region.aws"', value: 1 },
      { path: 'region.aws', value: 'mars' },
    ]);
  });

  test('a fault shows the value that was read, which is none where it is inherited', () => {
    expect(faultsOf(Object.create(least)).map(({ path, value }) => ({ path, value }))).toEqual([
      { path: 'requestsPerMonth', value: undefined },
      { path: 'durationMs', value: undefined },
      { path: 'memoryMiB', value: undefined },
    ]);
  });

  test('reads nothing that is inherited', () => {
    expect(faultsOf(Object.create(least)).map(({ path }) => path)).toEqual(Object.keys(least));
  });

  test('the message of the error is one line that says everything', () => {
    expect(() => parseWorkload({ ...least, durationMs: 0, memoryMiB: 0 })).toThrow(
      `durationMs is 0, ${duration}; memoryMiB is 0, ${memory}`,
    );
  });

  test('a field with a strange name is quoted in the message', () => {
    expect(() => parseWorkload({ ...least, 'a\nb\u001b[31m': 1 })).toThrow(
      String.raw`"a\nb\u001b[31m" is 1, but there is no such field`,
    );
  });

  test('whatever comes in, a workload or the faults come out', () => {
    const key = fc.constantFrom('region', 'freeTier', '__proto__', 'x', ...Object.keys(least));
    const anyInput = fc.oneof(fc.anything(), fc.dictionary(key, fc.anything()));
    fc.assert(
      fc.property(anyInput, (input) => {
        const faults = faultsOf(input);
        for (const { problem } of faults) expect(problem).toMatch(/ is |^is /);
      }),
    );
  });
});
