import { type BillDocument, type Fault, InvalidInputError } from '@tricloud/core';
import { readInput } from '@tricloud/core/parts';
import { billRestated } from './bill-restated.ts';
import { ExampleSchema, type Example } from './example.ts';
import { mappings } from './mappings.ts';
import { namedLines } from './named-lines.ts';
import type { Restated } from './restated.ts';

/** What became of one example. */
export interface ExampleResult {
  readonly id: string;
  readonly lines: Readonly<Record<string, number>>;
  readonly total_usd: number | null;
  /** Whether the total is as printed; where no money is printed, whether the quantities are. */
  readonly within_tolerance: boolean;
  /** The file itself says that the page is wrong, and the arithmetic agrees that it is. */
  readonly misprint?: true;
}

/** Bills one example as it stands in a file; throws `InvalidInputError` with everything it does not understand. */
export function runExample(input: unknown): ExampleResult {
  const { output: example, faults } = readInput(ExampleSchema, input, { subject: 'An example' });
  if (example === undefined) throw new InvalidInputError(faults);
  const restated = restate(example);
  const bill = billOf(restated, example);
  return { id: example.id, ...compared(example, restated, bill) };
}

const providers = { aws: 'aws', gcp: 'google', azure: 'azure' } as const;

function restate({ provider, service, inputs }: Example): Restated {
  const id = `${providers[provider]}-${service}`;
  const mapping = mappings.get(id);
  if (mapping === undefined) throw new InvalidInputError([noService(service, id)]);
  const { output, faults } = mapping.read(inputs);
  if (output === undefined) throw new InvalidInputError(faults);
  return output;
}

/** What the bill refuses is told of the input that it came from. */
function billOf(restated: Restated, { inputs }: Example): BillDocument {
  try {
    return billRestated(restated, '2026-11-22');
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    throw new InvalidInputError(
      error.faults.map((fault) => ({ ...fault, path: pathOf(fault, inputs) ?? fault.path })),
    );
  }
}

/** The path of the one input that has the value that is refused. */
function pathOf({ value }: Fault, inputs: unknown): string | null {
  const [path, ...more] = pathsTo(value, inputs, 'inputs');
  return path === undefined || more.length > 0 ? null : path;
}

function pathsTo(value: unknown, within: unknown, at: string): string[] {
  if (Object.is(value, within)) return [at];
  if (typeof within !== 'object' || within === null) return [];
  return Object.entries(within).flatMap(([name, each]) =>
    pathsTo(value, each, Array.isArray(within) ? `${at}[${name}]` : `${at}.${name}`),
  );
}

function noService(value: string, id: string): Fault {
  const known = [...mappings.keys()].join(', ');
  const problem = `is ${JSON.stringify(value)}, so that ${id} is meant, but must be one of ${known}`;
  return { path: 'service', value, problem };
}

/** Sums are printed to the cent or finer; what a float loses in a comparison lies far below. */
const slack = 1e-9;

function compared(
  { expected, tolerance_usd: tolerance, errata }: Example,
  restated: Restated,
  bill: BillDocument,
): Omit<ExampleResult, 'id'> {
  const isNear = (a: number, b: number) => Math.abs(a - b) <= tolerance + slack;
  if (expected.total_usd === null) {
    const printed = Object.entries(expected.lines ?? {});
    const lines = namedLines(bill, restated, { names: printed.map(([name]) => name), of: 'used' });
    const isAsPrinted = printed.every(([name, value]) => isNear(lines[name] ?? Number.NaN, value));
    return { lines, total_usd: null, ...judged(isAsPrinted, errata) };
  }
  const names = expected.lines === undefined ? null : Object.keys(expected.lines);
  const lines = namedLines(bill, restated, { names, of: 'amountUsd' });
  const total = Number(bill.totalUsd);
  return { lines, total_usd: total, ...judged(isNear(total, expected.total_usd), errata) };
}

function judged(isAsPrinted: boolean, errata: Example['errata']) {
  return isAsPrinted || !errata
    ? { within_tolerance: isAsPrinted }
    : ({ within_tolerance: false, misprint: true } as const);
}
