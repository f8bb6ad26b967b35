import { deployedRuntime } from '@tricloud/core/catalog';
import { expect, test } from 'vitest';
import { runtimeCheck } from './runtime-check.ts';

const day = 86_400_000;
const { endOfLife, version } = deployedRuntime('azure');
const endMs = Date.parse(endOfLife ?? '');

test.each([
  ['the day before', endMs - day, 'good'],
  ['a month after', endMs + 30 * day, 'warning'],
])('the deployed runtime %s its end of support', (_when, nowMs, state) => {
  expect(runtimeCheck('azure', nowMs)).toEqual({
    name: 'runtime',
    state,
    found: `Node.js ${version}, supported until ${endOfLife}`,
    mend: null,
  });
});
