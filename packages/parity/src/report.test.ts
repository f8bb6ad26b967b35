import { expect, test } from 'vitest';
import { agree, type RuntimeResults } from './agree.ts';
import { formatParityTable, parityReport } from './report.ts';

const all: readonly RuntimeResults[] = [
  {
    runtime: 'aws',
    results: [
      {
        id: 'P01',
        title: 'repeated keys',
        status: 'impossible',
        detail: 'step 1',
        why: 'ALB drops them.',
        source: 'https://aws.example',
      },
      {
        id: 'P02',
        title: 'plus',
        status: 'passed',
        differences: [{ why: 'AWS joins.', source: 'https://docs.example' }],
      },
    ],
  },
  {
    runtime: 'google',
    results: [
      { id: 'P01', title: 'repeated keys', status: 'passed' },
      {
        id: 'P03',
        title: '%2B',
        status: 'failed',
        detail: 'step 1: expected a\nstep 2: expected b',
      },
    ],
  },
];

const told = (runtime: string, fingerprint: string): RuntimeResults => ({
  runtime,
  results: [
    { id: 'D08', title: 'same', status: 'passed', fingerprint },
    { id: 'D01', title: 'up', status: 'passed' },
  ],
});

test('the table has a row a case, a column a runtime, and says below it what failed and what is impossible', () => {
  expect(formatParityTable(all)).toBe(`case                 aws         google
P01   repeated keys  impossible  passed
P02   plus           passed      -
P03   %2B            -           FAILED

Failed
  P03 google: %2B
      step 1: expected a
      step 2: expected b

Impossible
  P01 aws: repeated keys
      ALB drops them.
      source: https://aws.example

Passed in the provider’s own way
  P02 aws: plus
      AWS joins.
      source: https://docs.example

aws: 1 passed, 0 failed, 1 impossible
google: 1 passed, 1 failed, 0 impossible
all: 2 passed, 1 failed, 1 impossible`);
});

test('on a narrow terminal the titles are cut and the columns stay', () => {
  const [head, first] = formatParityTable(
    [
      {
        runtime: 'aws',
        results: [{ id: 'P01', title: 'a title of more than that', status: 'passed' }],
      },
    ],
    { width: 36 },
  ).split('\n');
  expect([head, first]).toEqual([
    'case                      aws',
    'P01   a title of more t…  passed',
  ]);
});

test('the report holds the same by case and runtime, and its counts', () => {
  expect(parityReport(all)).toEqual({
    passed: 2,
    failed: 1,
    impossible: 1,
    runtimes: [
      { runtime: 'aws', passed: 1, failed: 0, impossible: 1 },
      { runtime: 'google', passed: 1, failed: 1, impossible: 0 },
    ],
    cases: [
      {
        id: 'P01',
        title: 'repeated keys',
        results: {
          aws: {
            status: 'impossible',
            detail: 'step 1',
            why: 'ALB drops them.',
            source: 'https://aws.example',
          },
          google: { status: 'passed' },
        },
      },
      {
        id: 'P02',
        title: 'plus',
        results: {
          aws: {
            status: 'passed',
            differences: [{ why: 'AWS joins.', source: 'https://docs.example' }],
          },
        },
      },
      {
        id: 'P03',
        title: '%2B',
        results: { google: { status: 'failed', detail: 'step 1: expected a\nstep 2: expected b' } },
      },
    ],
  });
});

test('nothing told is an empty table with zero counts', () => {
  expect(parityReport([])).toEqual({
    passed: 0,
    failed: 0,
    impossible: 0,
    runtimes: [],
    cases: [],
  });
});

test('a runtime whose answer is not the others’ fails, and the first is what they are held against', () => {
  const agreed = agree([told('aws', 'f1'), told('google', 'f2'), told('azure', 'f1')]);
  expect(
    agreed.map(({ runtime, results }) => [runtime, ...results.map(({ status }) => status)]),
  ).toEqual([
    ['aws', 'passed', 'passed'],
    ['google', 'failed', 'passed'],
    ['azure', 'passed', 'passed'],
  ]);
  expect(agreed[1]?.results[0]?.detail).toBe('the answer is not the one that aws gave');
});
