import { readFile } from 'node:fs/promises';
import { type ExampleResult, runExample } from '@tricloud/published-bills';
import type { Figure } from './figure.ts';

/** How many of the bills that others have published come out as printed: those that were asked for, and all further ones. */
export async function publishedBills(): Promise<readonly Figure[]> {
  const asked = await resultsOf('bills.json');
  const further = await resultsOf('more-bills.json');
  const misprints = asked.filter(({ misprint }) => misprint).length;
  const isWhole = passedOf(further) === further.length;
  const isEnough = asked.length === 71 && passedOf(asked) === 70 && misprints === 1;
  return [
    {
      figure: 'published bills reproduced',
      must: '70 of 71 and the misprint',
      aim: 'any other',
      measured: `${passedOf(asked)} of ${asked.length} and ${misprints} misprint; ${passedOf(further)} of ${further.length} others`,
      note: 'packages/published-bills: bills.json, and more-bills.json with further ones; within the tolerance that each has',
      verdict: isEnough ? (isWhole ? 'reaches the aim' : 'reaches the must') : 'falls short',
    },
  ];
}

async function resultsOf(file: string): Promise<readonly ExampleResult[]> {
  const url = new URL(`../packages/published-bills/${file}`, import.meta.url);
  const examples: unknown = JSON.parse(await readFile(url, 'utf8'));
  if (!Array.isArray(examples)) throw new Error(`${file} is no list of examples`);
  return examples.map((example: unknown) => runExample(example));
}

function passedOf(results: readonly ExampleResult[]): number {
  return results.filter((result) => result.within_tolerance).length;
}
