import { readFile } from 'node:fs/promises';
import { InvalidInputError } from '@tricloud/core';
import { runExample, type ExampleResult } from './run-example.ts';

/** Where it is told: what became of the examples, and what is wrong with what was given. */
export interface Streams {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/**
 * Runs a file of published bills: a line of JSON an example, then how many passed. Gives the exit code: 1 where one
 * that is no misprint is not as printed, 2 where one is not understood.
 */
export async function runFile(args: readonly string[], { out, err }: Streams): Promise<number> {
  const tell = (result: object) => out(JSON.stringify(result));
  const refuse = (why: string): 2 => {
    err(why);
    return 2;
  };
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
      for (const fault of error.faults) refuse(`${id}: ${new InvalidInputError([fault]).message}`);
      tell({ id, lines: {}, total_usd: null, within_tolerance: false, error: error.message });
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
    const text = await readFile(file, 'utf8');
    // Some editors put a byte order mark before a text; JSON has no place for it.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `${file}: ${why.replaceAll(/\s+/g, ' ')}`;
  }
  return Array.isArray(value) ? value : `${file}: must be an array of examples`;
}

function idOf(example: unknown): string | null {
  if (typeof example !== 'object' || example === null || !('id' in example)) return null;
  return typeof example.id === 'string' ? example.id : null;
}
