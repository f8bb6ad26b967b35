import { readBills } from '@tricloud/published-bills/bills';
import { type ExampleResult, runExample } from '@tricloud/published-bills/run-example';
import type { Figure } from './figure.ts';

/** How many of the bills that others have published come out as printed: those that were asked for, and all further ones. */
export async function publishedBills(): Promise<readonly Figure[]> {
  const results = (await readBills()).map((bill) => runExample(bill));
  const asked = results.filter(isAsked);
  const further = results.filter((result) => !isAsked(result));
  const misprints = asked.filter(({ misprint }) => misprint).length;
  const isWhole = passedOf(further) === further.length;
  const isEnough = asked.length === 71 && passedOf(asked) === 70 && misprints === 1;
  return [
    {
      figure: 'published bills reproduced',
      must: '70 of 71 and the misprint',
      aim: 'any other',
      measured: `${passedOf(asked)} of ${asked.length} and ${misprints} misprint; ${passedOf(further)} of ${further.length} others`,
      note: 'packages/published-bills/bills; within the tolerance that each has',
      verdict: isEnough ? (isWhole ? 'reaches the aim' : 'reaches the must') : 'falls short',
    },
  ];
}

/** Whether the issue asked for the bill; the id of any other begins with its source. */
function isAsked({ id }: ExampleResult): boolean {
  return /^(?:aws|gcp|azure)-/.test(id);
}

function passedOf(results: readonly ExampleResult[]): number {
  return results.filter((result) => result.within_tolerance).length;
}
