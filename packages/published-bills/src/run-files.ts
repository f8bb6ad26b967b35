import { readFile } from 'node:fs/promises';
import { InvalidInputError } from '@tricloud/core';
import { isFields } from '@tricloud/core/parts';
import { readBills } from './bills.ts';
import { type ExampleResult, runExample } from './run-example.ts';

/**
 * Runs the examples of a file, or every published bill: logs a line of JSON an example, then how many passed. Gives
 * the exit code: 1 where one that is no misprint is not as printed, 2 where one is refused.
 */
export async function runFiles(
  args: readonly string[],
  { log, error: warn }: Pick<Console, 'log' | 'error'>,
): Promise<number> {
  const examples = await examplesOf(args);
  if (typeof examples === 'string') {
    warn(examples);
    return 2;
  }
  const results: ExampleResult[] = [];
  for (const [index, example] of examples.entries()) {
    const given = isFields(example) ? example['id'] : undefined;
    const id = typeof given === 'string' ? given : `[${index}]`;
    try {
      const result = runExample(example, id);
      results.push(result);
      log(JSON.stringify(result));
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      for (const fault of error.faults) warn(`${id}: ${new InvalidInputError([fault]).message}`);
      const refused = { lines: {}, total_usd: null, within_tolerance: false, error: error.message };
      log(JSON.stringify({ id, ...refused }));
    }
  }
  const total = examples.length;
  const passed = results.filter((result) => result.within_tolerance).length;
  const misprints = results.filter((result) => result.misprint).length;
  log(JSON.stringify({ passed, misprints, total }));
  if (results.length < total) return 2;
  return passed + misprints === total ? 0 : 1;
}

/** The examples of a file, one or an array, or every published bill; a text says why there are none. */
async function examplesOf(args: readonly string[]): Promise<readonly unknown[] | string> {
  const [file, ...more] = args;
  if (file === undefined) return readBills();
  if (more.length > 0 || file.startsWith('-')) return 'usage: npm run -s examples -- [FILE.json]';
  try {
    const text = await readFile(file, 'utf8');
    // Some editors put a byte order mark before a text; JSON has no place for it.
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return Array.isArray(value) ? value : [value];
  } catch (error) {
    return `${file}: ${String(error).replaceAll(/\s+/g, ' ')}`;
  }
}
