import { deployedRuntime } from '@tricloud/core/catalog';
import { expect, test } from 'vitest';
import { runtimeCheck, runtimeSupport } from './runtime-support.ts';

const day = 86_400_000;
const { endOfLife, id, version } = deployedRuntime('azure');
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

test('a runtime that the catalogue does not know has no end of support', () => {
  expect(runtimeSupport('azure', id, '2026-11-22')).toEqual({ endOfLife, isOver: false });
  expect(runtimeSupport('azure', 'cobol85', '2026-11-22')).toBeUndefined();
});
