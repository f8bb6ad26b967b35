import { readFile } from 'node:fs/promises';
import { InvalidInputError } from '@tricloud/core';
import { runExample, type ExampleResult } from './run-example.ts';

process.exitCode = await main(process.argv.slice(2));

/** Runs a file of published bills: a line of JSON an example, then how many passed. */
async function main(args: readonly string[]): Promise<number> {
  const [file, ...more] = args;
  if (file === undefined || more.length > 0)
    return refuse('usage: npm run -s examples -- <file.json>');
  const examples = await read(file);
  if (typeof examples === 'string') return refuse(examples);

  const results: ExampleResult[] = [];
  let isRefused = false;
  for (const [index, example] of examples.entries()) {
    try {
      const result = runExample(example);
      results.push(result);
      tell(result);
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      isRefused = true;
      const id = idOf(example) ?? `[${index}]`;
      for (const { path, problem } of error.faults) refuse(`${id}: ${path} ${problem}`);
      tell({ id, error: error.message });
    }
  }
  const passed = results.filter((result) => result.within_tolerance).length;
  const misprints = results.filter((result) => result.misprint).length;
  tell({ passed, misprints, total: examples.length });
  if (isRefused) return 2;
  return passed + misprints === examples.length ? 0 : 1;
}

async function read(file: string): Promise<readonly unknown[] | string> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    return `${file}: ${error instanceof Error ? error.message : String(error)}`;
  }
  return Array.isArray(value) ? value : `${file}: must be an array of examples`;
}

function idOf(example: unknown): string | null {
  if (typeof example !== 'object' || example === null || !('id' in example)) return null;
  return typeof example.id === 'string' ? example.id : null;
}

function tell(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

function refuse(why: string): 2 {
  process.stderr.write(`${why}\n`);
  return 2;
}
