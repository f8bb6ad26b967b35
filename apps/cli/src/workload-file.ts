import { type Fault, InvalidInputError, parseWorkload, type Workload } from '@tricloud/core';
import { BadInputError } from './errors.ts';
import { readJson } from './json-file.ts';

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

/** Each fault of a workload as a line of its own: where, what, and the value that stands there. */
function asFaults(name: string, error: unknown): unknown {
  if (!(error instanceof InvalidInputError)) return error;
  return new BadInputError('', {
    faults: error.faults.map((fault) => faultLine(name, fault)),
    hint: 'tricloud compare --help lists the fields of a workload',
  });
}

/** Core says what is wrong with the value and what would be right; here is only where. */
function faultLine(name: string, { path, problem }: Fault): string {
  return `${name}: ${path === '' ? '' : `${path} `}${problem}`;
}
