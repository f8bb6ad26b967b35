import { expect, test } from 'vitest';
import { retryDelayMs } from './invoker.ts';

const growing = {
  strategy: 'exponentialBackoff',
  maxRetryCount: 9,
  delaySeconds: 0,
  minimumSeconds: 2,
  maximumSeconds: 10,
} as const;

test('a fixed delay is the same each time', () => {
  const fixed = { ...growing, strategy: 'fixedDelay', delaySeconds: 3 } as const;
  expect([0, 1, 2].map((count) => retryDelayMs(fixed, count))).toEqual([3000, 3000, 3000]);
});

function delays(random: number): readonly number[] {
  return [0, 1, 2, 3, 40].map((count) => retryDelayMs(growing, count, () => random));
}

test('a growing delay doubles, with a fifth of jitter, within its bounds', () => {
  expect(delays(0.5)).toEqual([2000, 4000, 8000, 10_000, 10_000]);
  expect(delays(0)).toEqual([2000, 3200, 6400, 10_000, 10_000]);
});
