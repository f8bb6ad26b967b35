import * as v from 'valibot';
import { InvalidInputError, shown, type Fault } from './invalid-input.ts';
import { orNearest } from './nearest.ts';

/** An object that is no array. */
export type Fields = Readonly<Record<string, unknown>>;

/** What an input was read as, or everything that is wrong with it. */
export type Read<T> =
  | { readonly output: T; readonly faults: readonly [] }
  | { readonly output?: undefined; readonly faults: readonly Fault[] };

/** Where an input stands, and what it is called as a whole. */
export interface ReadOptions {
  /** Put before the path of each fault, such as `items[2].usage`. */
  readonly at?: string;
  /** What the input is, where it is refused as a whole: `The workload`. */
  readonly subject?: string;
}

/** Reads an input by a schema and fills in its defaults; throws `InvalidInputError` with every fault at once. */
export function parseInput<S extends v.GenericSchema>(
  schema: S,
  input: unknown,
  options?: ReadOptions,
): v.InferOutput<S> {
  const { output, faults } = readInput(schema, input, options);
  if (output === undefined) throw new InvalidInputError(faults);
  return output;
}

/**
 * Reads an input by a schema of objects, arrays and plain values, every message of which says what would be right.
 * Nothing inherited is ever read, every unknown field is a fault of its own, and -0 is 0.
 */
export function readInput<S extends v.GenericSchema>(
  schema: S,
  input: unknown,
  { at = '', subject = 'The input' }: ReadOptions = {},
): Read<v.InferOutput<S>> {
  const faults: Fault[] = [];
  const result = v.safeParse(schema, own(schema, input, at, faults));
  if (result.success && faults.length === 0) return { output: result.output, faults: [] };
  addIssues(result.issues ?? [], { input, at, subject, faults });
  return { faults };
}

interface IssueContext extends Required<ReadOptions> {
  readonly input: unknown;
  readonly faults: Fault[];
}

/** Adds a fault for each issue, at a path that has none yet. */
function addIssues(
  issues: readonly v.BaseIssue<unknown>[],
  { input, at, subject, faults }: IssueContext,
): void {
  for (const { path = [], message } of issues) {
    const keys = path.map(({ key }) => key);
    const where = keys.reduce<string>(toPath, at);
    // A number that is neither whole nor in range breaks two rules and is one fault.
    if (faults.some((fault) => fault.path === where)) continue;
    const value = keys.reduce<unknown>(valueAt, input);
    const problem = `is ${shown(value)}, but must be ${message}`;
    faults.push({ path: where, value, problem: where === '' ? `${subject} ${problem}` : problem });
  }
}

/** Whether it is an object that is no array. */
export function isFields(input: unknown): input is Fields {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}

/**
 * The input with only what the schema names. Valibot itself stops at the first unknown field, takes `constructor`
 * for a known one, and an array for an object.
 */
function own(schema: unknown, input: unknown, path: string, faults: Fault[]): unknown {
  if (!isFields(schema)) return input;
  const { wrapped, entries } = schema;
  if (wrapped !== undefined) {
    return input === undefined ? input : own(wrapped, input, path, faults);
  }
  if (isFields(entries)) {
    if (schema['type'] === 'strict_object') refuseUnknown(entries, input, path, faults);
    return ownFields(entries, input, path, faults);
  }
  if (schema['type'] === 'array' && Array.isArray(input)) {
    return input.map((each, index) => own(schema['item'], each, toPath(path, index), faults));
  }
  return Object.is(input, -0) ? 0 : input;
}

/** Adds a fault for every field that is not among the entries. */
export function refuseUnknown(
  entries: Fields,
  input: unknown,
  path: string,
  faults: Fault[],
): void {
  if (!isFields(input)) return;
  for (const key of Object.keys(input)) {
    if (Object.hasOwn(entries, key)) continue;
    const value = input[key];
    const names = Object.keys(entries);
    const meant = orNearest(key, names);
    const problem = `is ${shown(value)}, but there is no such field; the fields are ${names.join(', ')}${meant}`;
    faults.push({ path: toPath(path, key), value, problem });
  }
}

function ownFields(entries: Fields, input: unknown, path: string, faults: Fault[]): unknown {
  if (!isFields(input)) return Array.isArray(input) ? null : input;
  const found: Record<string, unknown> = {};
  for (const key of Object.keys(entries)) {
    // Unlike a missing field, `undefined` is refused with what would be right in it.
    if (Object.hasOwn(input, key))
      found[key] = own(entries[key], input[key], toPath(path, key), faults);
    else if (!isOptional(entries[key])) found[key] = undefined;
  }
  return found;
}

function isOptional(schema: unknown): boolean {
  return isFields(schema) && schema['type'] === 'optional';
}

function toPath(path: string, key: unknown): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  const step = stepOf(String(key));
  return path === '' ? step : `${path}.${step}`;
}

/** A name that could be taken for a path of several steps, or of none, is quoted. */
function stepOf(name: string): string {
  return name === '' || /\.|\[\d+\]/.test(name) ? JSON.stringify(name) : name;
}

function valueAt(at: unknown, key: unknown): unknown {
  if (Array.isArray(at)) return typeof key === 'number' ? at[key] : undefined;
  const name = String(key);
  return isFields(at) && Object.hasOwn(at, name) ? at[name] : undefined;
}
