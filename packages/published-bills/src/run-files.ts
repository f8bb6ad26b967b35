import { readFile } from 'node:fs/promises';
import { InvalidInputError } from '@tricloud/core';
import { readBills } from './bills.ts';
import { type ExampleResult, runExample } from './run-example.ts';

/** Where results and problems are printed. */
export interface Streams {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/**
 * Runs the examples of a file, or every published bill: a line of JSON an example, then how many passed. Gives the
 * exit code: 1 where one that is no misprint is not as printed, 2 where one is refused.
 */
export async function runFiles(args: readonly string[], { out, err }: Streams): Promise<number> {
  const [file, ...more] = args;
  if (more.length > 0 || file?.startsWith('-')) {
    err('usage: npm run -s examples -- [<file.json>]');
    return 2;
  }
  const examples = file === undefined ? await readBills() : await readExamples(file);
  if (typeof examples === 'string') {
    err(examples);
    return 2;
  }
  const results: ExampleResult[] = [];
  for (const [index, example] of examples.entries()) {
    try {
      const result = runExample(example, `[${index}]`);
      results.push(result);
      out(JSON.stringify(result));
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      const id = idOf(example) ?? `[${index}]`;
      for (const fault of error.faults) err(`${id}: ${new InvalidInputError([fault]).message}`);
      const refused = { lines: {}, total_usd: null, within_tolerance: false, error: error.message };
      out(JSON.stringify({ id, ...refused }));
    }
  }
  const total = examples.length;
  const passed = results.filter((result) => result.within_tolerance).length;
  const misprints = results.filter((result) => result.misprint).length;
  out(JSON.stringify({ passed, misprints, total }));
  if (results.length < total) return 2;
  return passed + misprints === total ? 0 : 1;
}

/** The examples of a file, one or an array; a text says why there are none. */
async function readExamples(file: string): Promise<readonly unknown[] | string> {
  try {
    const text = await readFile(file, 'utf8');
    // Some editors put a byte order mark before a text; JSON has no place for it.
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return Array.isArray(value) ? value : [value];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `${file}: ${reason.replaceAll(/\s+/g, ' ')}`;
  }
}

function idOf(example: unknown): string | null {
  if (typeof example !== 'object' || example === null || !('id' in example)) return null;
  return typeof example.id === 'string' ? example.id : null;
}
