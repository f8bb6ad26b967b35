import { expect, test } from 'vitest';
import { OperationTimeoutError, poll } from '../../src/engine/poll.ts';
import { virtualTiming } from '../timing.ts';

const signal = new AbortController().signal;

test('reads until the last value, at growing intervals of ten seconds at most', async () => {
  const timing = virtualTiming();
  let count = 0;
  const read = () => Promise.resolve((count += 1));
  expect(await poll(read, (value) => value === 9, { timing, signal })).toBe(9);
  expect(timing.waits.map(Math.round)).toEqual([
    1000, 1500, 2250, 3375, 5063, 7594, 10_000, 10_000,
  ]);
});

test('gives up after its limit', async () => {
  const timing = virtualTiming();
  const polling = poll(
    () => Promise.resolve(0),
    () => false,
    { timing, signal, limitMs: 60_000 },
  );
  await expect(polling).rejects.toBeInstanceOf(OperationTimeoutError);
  expect(timing.waits.length).toBeLessThan(15);
});

test('ends when it is interrupted', async () => {
  const controller = new AbortController();
  const polling = poll(
    () => Promise.resolve(controller.abort()),
    () => false,
    { timing: virtualTiming(), signal: controller.signal },
  );
  await expect(polling).rejects.toThrow(/abort/i);
});
