import { expect, test } from 'vitest';
import { restartDelayMs } from './backoff.ts';

test('the first start again is at once, a loop of failures slows down to five seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1000].map((count) => restartDelayMs(count))).toEqual([
    0, 0, 100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000,
  ]);
});
