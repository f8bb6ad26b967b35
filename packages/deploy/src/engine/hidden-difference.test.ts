import { expect, test } from 'vitest';
import { hiddenDifference } from './hidden-difference.ts';

test.each([
  ['is new', undefined, 'planted', null, 'a value (not shown)'],
  ['goes', 'planted', null, 'a value (not shown)', null],
  ['changes', 'planted', 'planted2', 'a value (not shown)', 'another value (not shown)'],
  ['was empty', '', 'planted', 'a value (not shown)', 'another value (not shown)'],
  ['becomes empty', 'planted', '', 'a value (not shown)', 'another value (not shown)'],
])('a variable that %s is reported without its values', (_what, was, is, deployed, planned) => {
  expect(hiddenDifference('A', was, is)).toEqual({ what: 'A', deployed, planned });
});
