import * as v from 'valibot';
import { InvalidInputError, shown, type Fault } from '../invalid-input.ts';
import { WorkloadSchema, type Workload } from './workload.ts';

type Fields = Readonly<Record<string, unknown>>;

const rootFields = Object.keys(WorkloadSchema.entries);
const regionFields = Object.keys(WorkloadSchema.entries.region.wrapped.entries);

/** Reads a workload and fills in its defaults; throws `InvalidInputError` with every fault at once. */
export function parseWorkload(input: unknown): Workload {
  const root = isFields(input) ? knownFields(input, rootFields) : null;
  const region = isFields(root?.['region']) ? root['region'] : null;
  const faults = [
    ...unknownFields(input, rootFields, ''),
    ...unknownFields(region, regionFields, 'region.'),
  ];

  const result = v.safeParse(
    WorkloadSchema,
    root && {
      ...root,
      region: region === null ? notAnArray(root['region']) : knownFields(region, regionFields),
    },
  );
  if (result.success && faults.length === 0) return withoutNegativeZero(result.output);

  for (const { path = [], message } of result.issues ?? []) {
    const keys = path.map(({ key }) => String(key));
    const where = keys.join('.');
    // A number that is neither whole nor in range breaks two rules and is one fault.
    if (faults.some((told) => told.path === where)) continue;
    const value = keys.reduce<unknown>((at, key) => (isFields(at) ? own(at, key) : at), input);
    faults.push({ path: where, value, problem: problemOf(where, value, message) });
  }
  throw new InvalidInputError(faults);
}

function isFields(input: unknown): input is Fields {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}

/** The object's own known fields, the missing ones as `undefined`: nothing inherited is ever read. */
function knownFields(input: Fields, known: readonly string[]): Fields {
  return Object.fromEntries(known.map((key) => [key, own(input, key)]));
}

function own(input: Fields, key: string): unknown {
  return Object.hasOwn(input, key) ? input[key] : undefined;
}

/** Valibot itself stops at the first unknown field and takes `constructor` for a known one. */
function unknownFields(input: unknown, known: readonly string[], prefix: string): Fault[] {
  if (!isFields(input)) return [];
  return Object.entries(input)
    .filter(([key]) => !known.includes(key))
    .map(([key, value]) => ({
      path: prefix + stepOf(key),
      value,
      problem: `is ${shown(value)}, but there is no such field; the fields are ${known.join(', ')}`,
    }));
}

/** A name that could be taken for a path of several, or of none, is quoted. */
function stepOf(key: string): string {
  return key === '' || key.includes('.') ? JSON.stringify(key) : key;
}

/** Valibot takes an array for an object. */
function notAnArray(value: unknown): unknown {
  return Array.isArray(value) ? null : value;
}

function problemOf(path: string, value: unknown, right: string): string {
  const subject = path === '' ? 'The workload is' : 'is';
  return `${subject} ${shown(value)}, but must be ${right}`;
}

/** JSON can say -0; no field means anything by it. */
function withoutNegativeZero(workload: Workload): Workload {
  return {
    ...workload,
    requestsPerMonth: workload.requestsPerMonth + 0,
    responseKiB: workload.responseKiB + 0,
  };
}
