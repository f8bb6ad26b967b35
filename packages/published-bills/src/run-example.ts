import { billUsage, type Fault, InvalidInputError, parseUsage, type Usage } from '@tricloud/core';
import {
  isMore,
  orNearest,
  plus,
  type Quantity,
  type Read,
  readInput,
  shown,
  toDecimal,
} from '@tricloud/core/parts';
import { amountNamed, type BilledLine, billedLines, sum } from './billed-lines.ts';
import { type Example, ExampleSchema } from './example.ts';
import { withOwnTerms } from './own-terms.ts';

/** Result of one example. */
export interface ExampleResult {
  readonly id: string;
  /** Billed amounts of the printed lines: USD, or units where quantities are printed. */
  readonly lines: Readonly<Record<string, number>>;
  /** `null` where no money is printed. */
  readonly total_usd: number | null;
  /** Whether the total and every line are as printed. */
  readonly within_tolerance: boolean;
  /** The example has errata, and the arithmetic agrees that the page is wrong. */
  readonly misprint?: true;
}

/** Bills one example and compares it with what is printed; throws `InvalidInputError` with every fault. */
export function runExample(input: unknown, id = ''): ExampleResult {
  const { output: example, faults } = readInput(ExampleSchema, input, { subject: 'An example' });
  const { output: usage, faults: usageFaults } = readUsage(input);
  if (example === undefined || usage === undefined) {
    throw new InvalidInputError([...faults, ...usageFaults]);
  }
  const bill = billUsage(withOwnTerms(usage, example), { asOf: '2026-11-22' });
  const lines = billedLines(bill, example.other);
  const printed = printedLines(example, lines);
  const { expected, toleranceUsd, lineToleranceUsd = toleranceUsd, errata } = example;
  const total = sum(lines.flatMap(({ usd }) => usd));
  const isAsPrinted =
    printed.every((line) => isNear(line.billed, line.printed, lineToleranceUsd)) &&
    (expected.totalUsd === undefined || isNear(total, expected.totalUsd, toleranceUsd));
  const isMoney = expected.totalUsd !== undefined || Object.keys(expected.lines).length > 0;
  return {
    id: example.id ?? id,
    lines: Object.fromEntries(printed.map(({ name, billed }) => [name, toNumber(billed)])),
    total_usd: isMoney ? toNumber(total) : null,
    within_tolerance: isAsPrinted,
    ...(!isAsPrinted && errata && { misprint: true }),
  };
}

/** The usage document in `usage`, or at the top level. */
function readUsage(input: unknown): Read<Usage> {
  // The schema refuses what is no object.
  if (typeof input !== 'object' || input === null) return { faults: [] };
  const own = Object.entries(input).filter(([name]) => name === 'freeTier' || name === 'items');
  const [usage, at] = 'usage' in input ? [input.usage, 'usage'] : [Object.fromEntries(own), ''];
  try {
    return { output: parseUsage(usage), faults: [] };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const pathOf = (path: string) => [at, path].filter((step) => step !== '').join('.');
    return { faults: error.faults.map((fault) => ({ ...fault, path: pathOf(fault.path) })) };
  }
}

interface PrintedLine {
  readonly name: string;
  readonly printed: Quantity;
  readonly billed: Quantity;
}

function printedLines({ expected }: Example, lines: readonly BilledLine[]): PrintedLine[] {
  const faults: Fault[] = [];
  const found = (['lines', 'quantities'] as const).flatMap((field) =>
    Object.entries(expected[field]).flatMap(([name, printed]): PrintedLine[] => {
      const billed = amountNamed(name, lines, field === 'lines' ? 'usd' : 'used');
      if (typeof billed !== 'string') return [{ name, printed, billed }];
      const names = [...new Set(lines.flatMap((line) => line.names.slice(0, 1)))];
      const problem = `names ${shown(billed)}, but the lines of the bill are ${names.join(', ')}${orNearest(billed, names)}`;
      faults.push({ path: `expected.${field}.${name}`, value: toNumber(printed), problem });
      return [];
    }),
  );
  if (faults.length > 0) throw new InvalidInputError(faults);
  return found;
}

function isNear(a: Quantity, b: Quantity, tolerance: Quantity): boolean {
  return !isMore(a, plus(b, tolerance)) && !isMore(b, plus(a, tolerance));
}

function toNumber(amount: Quantity): number {
  return Number(toDecimal(amount));
}
