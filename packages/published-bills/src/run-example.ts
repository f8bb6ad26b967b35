import { billUsage, type Fault, InvalidInputError, parseUsage, type Usage } from '@tricloud/core';
import { type Fields, isFields, readInput } from '@tricloud/core/parts';
import { priceLists, withOwnPrices } from '@tricloud/core/price-lists';
import {
  amountNamed,
  type BilledLine,
  billedLines,
  isNear,
  sum,
  toNumber,
} from './billed-lines.ts';
import { type Example, ExampleSchema } from './example.ts';
import { unknownName, withOwnAllowances } from './own-allowances.ts';

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
  const all: Fault[] = [...faults];
  const usage = readUsage(input, all);
  if (example === undefined || usage === undefined || all.length > 0) {
    throw new InvalidInputError(all);
  }
  return compareWithPrinted(example, usage, id);
}

function compareWithPrinted(example: Example, usage: Usage, id: string): ExampleResult {
  const bill = billUsage(withOwnAllowances(usage, example.allowances), { asOf: '2026-11-22' });
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

/** Reads the usage document in `usage`, or at the top level, at the prices that the example states. */
function readUsage(input: unknown, faults: Fault[]): Usage | undefined {
  // The schema refuses what is no object.
  if (!isFields(input)) return undefined;
  const { usage, prices, ...rest }: Partial<Fields> = input;
  const own = Object.entries(rest).filter(([name]) => name === 'freeTier' || name === 'items');
  const isOwn = prices !== undefined;
  const lists = (isOwn && collect('prices', faults, () => withOwnPrices(prices))) || priceLists;
  return usage === undefined
    ? collect('', faults, () => parseUsage(Object.fromEntries(own), lists))
    : collect('usage', faults, () => parseUsage(usage, lists));
}

/** The output of a function; where it throws `InvalidInputError`, none and its faults under a path. */
function collect<T>(at: string, faults: Fault[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const pathOf = (path: string) => [at, path].filter((step) => step !== '').join('.');
    faults.push(...error.faults.map((fault) => ({ ...fault, path: pathOf(fault.path) })));
    return undefined;
  }
}

/** The printed lines with what is billed for each; throws `InvalidInputError` for names that no line has. */
function printedLines({ expected }: Example, lines: readonly BilledLine[]) {
  const faults: Fault[] = [];
  const found = (['lines', 'quantities'] as const).flatMap((field) =>
    Object.entries(expected[field]).flatMap(([name, printed]) => {
      const billed = amountNamed(name, lines, field === 'lines' ? 'usd' : 'used');
      if (typeof billed !== 'string') return [{ name, printed, billed }];
      const names = [...new Set(lines.flatMap((line) => line.names.slice(0, 1)))];
      faults.push(unknownName(`expected.${field}.${name}`, billed, names));
      return [];
    }),
  );
  if (faults.length > 0) throw new InvalidInputError(faults);
  return found;
}
