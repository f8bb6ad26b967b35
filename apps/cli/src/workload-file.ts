import {
  InvalidInputError,
  parseUsage,
  parseWorkload,
  type PriceLists,
  type Usage,
  type Workload,
} from '@tricloud/core';
import { priceLists, withOwnPrices } from '@tricloud/core/price-lists';
import { BadInputError } from './errors.ts';
import { readJson } from './json-file.ts';

/** Options for reading an input file. */
interface Reading {
  /** Price lists that it is checked against; all of them by default. */
  readonly prices?: PriceLists;
  /** Changes that the command line makes to its fields. */
  readonly change?: (input: unknown) => unknown;
}

const unchanged = (input: unknown): unknown => input;

/** The workload of a file. */
export function readWorkload(
  file: string,
  { prices = priceLists, change = unchanged }: Reading = {},
): Promise<Workload> {
  const hint = 'tricloud compare --help lists the fields of a workload';
  return readInput(file, (input) => parseWorkload(change(input), prices), hint);
}

/** The month's usage of a file. */
export function readUsage(
  file: string,
  { prices = priceLists, change = unchanged }: Reading = {},
): Promise<Usage> {
  const hint = 'tricloud bill --help shows a usage file';
  return readInput(file, (input) => parseUsage(change(input), prices), hint);
}

/** The price lists, with the own prices of a file where one is named. */
export async function readPrices(file: string | undefined): Promise<PriceLists> {
  if (file === undefined) return priceLists;
  const hint = 'such as { "aws-lambda": "-12%", "aws-ec2/t3.small@us-east-1": "0.0116" }';
  return readInput(file, withOwnPrices, hint);
}

async function readInput<T>(file: string, parse: (input: unknown) => T, hint: string): Promise<T> {
  const { name, value } = await readJson(file);
  try {
    return parse(value);
  } catch (error) {
    throw error instanceof InvalidInputError ? BadInputError.of(name, error, hint) : error;
  }
}
