import {
  type Fault,
  InvalidInputError,
  parseUsage,
  parseWorkload,
  type Usage,
  type Workload,
} from '@tricloud/core';
import { BadInputError } from './errors.ts';
import { readJson } from './json-file.ts';
import { priceLists } from '@tricloud/core/price-lists';

/** The workload that a file holds, its fields changed as the command line asks. */
export async function readWorkload(
  file: string,
  change: (input: unknown) => unknown = (input) => input,
): Promise<Workload> {
  const { name, value } = await readJson(file);
  try {
    return parseWorkload(change(value));
  } catch (error) {
    throw asFaults(name, error);
  }
}

/** The month's usage that a file holds, its fields changed as the command line asks. */
export async function readUsage(
  file: string,
  change: (input: unknown) => unknown = (input) => input,
): Promise<Usage> {
  const { name, value } = await readJson(file);
  try {
    return parseUsage(change(value), priceLists);
  } catch (error) {
    throw asFaults(name, error, 'tricloud bill --help shows a usage file');
  }
}

/** Each fault of an input as a line of its own: where, what, and the value that stands there. */
function asFaults(
  name: string,
  error: unknown,
  hint = 'tricloud compare --help lists the fields of a workload',
): unknown {
  if (!(error instanceof InvalidInputError)) return error;
  return new BadInputError('', {
    faults: error.faults.map((fault) => faultLine(name, fault)),
    hint,
  });
}

/** Core says what is wrong with the value and what would be right; here is only where. */
function faultLine(name: string, { path, problem }: Fault): string {
  return `${name}: ${path === '' ? '' : `${path} `}${problem}`;
}
