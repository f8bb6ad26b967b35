import { describe, expect, test } from 'vitest';
import { target } from '../../test/engine/fake-driver.ts';
import { secretRule, variableRule, wholeNumber } from './rules.ts';

const source = 'https://docs.example/';

describe('a whole number', () => {
  const { violations } = wholeNumber('maxInstances', [2, 10], 'instances', source);

  test.each([null, 2, 10])('may be %s', (maxInstances) => {
    expect(violations({ ...target, maxInstances })).toEqual([]);
  });

  test.each([1, 11, 2.5])('is not %s', (maxInstances) => {
    expect(violations({ ...target, maxInstances })).toEqual([
      {
        path: 'maxInstances',
        value: maxInstances,
        rule: 'a whole number of instances from 2 to 10',
      },
    ]);
  });

  test('without a bound above names none', () => {
    const rule = wholeNumber('maxInstances', [1, Infinity], 'instances', source);
    expect(rule.violations({ ...target, maxInstances: 0 })).toEqual([
      { path: 'maxInstances', value: 0, rule: 'a whole number of instances from 1' },
    ]);
  });
});

const held = { ...target, environment: { MODE: 'live' }, secrets: { KEY: 'hunter2' } };

test('a rule of variables holds for those with a value and for secrets, and shows the name alone', () => {
  expect(variableRule(source, (name) => `not ${name}`).violations(held)).toEqual([
    { path: 'environment.MODE', value: 'MODE', rule: 'not MODE' },
    { path: 'secrets.KEY', value: 'KEY', rule: 'not KEY' },
  ]);
  expect(variableRule(source, () => null).violations(held)).toEqual([]);
});

test('a rule of references to secrets never shows the reference', () => {
  expect(secretRule(source, () => 'an ARN').violations(held)).toEqual([
    { path: 'secrets.KEY', value: '(not shown)', rule: 'an ARN' },
  ]);
  expect(secretRule(source, () => null).violations(held)).toEqual([]);
});
