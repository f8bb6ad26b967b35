import { expect, test } from 'vitest';
import { OperationTimeoutError, poll, retryWhile } from '../../src/engine/poll.ts';
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
    { timing, signal, limitMs: 2500 },
  );
  await expect(polling).rejects.toBeInstanceOf(OperationTimeoutError);
  expect(timing.waits).toEqual([1000, 1500]);
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

test('waits as long as the provider asks', async () => {
  const timing = virtualTiming();
  const values = [20_000, null, 0];
  const read = () => Promise.resolve(values.shift() ?? null);
  await poll(
    read,
    (value) => value === 0,
    { timing, signal },
    (value) => value,
  );
  expect(timing.waits).toEqual([20_000, 1500]);
});

test('repeats what fails for a reason that passes, and gives its result', async () => {
  const timing = virtualTiming();
  let count = 0;
  const action = async () => {
    count += 1;
    if (count < 9) throw new Error('not yet');
    return count;
  };
  expect(await retryWhile(action, () => true, { timing, signal })).toBe(9);
  expect(timing.waits.map(Math.round)).toEqual([
    1000, 1500, 2250, 3375, 5063, 7594, 10_000, 10_000,
  ]);
});

test.each([
  ['of another reason, at once', false, 0],
  ['of the limit', true, 2],
])('repeats nothing because %s, and throws what failed', async (_why, isPassing, waits) => {
  const timing = virtualTiming();
  const retrying = retryWhile(
    () => Promise.reject(new Error('refused')),
    () => isPassing,
    { timing, signal, limitMs: 2500 },
  );
  await expect(retrying).rejects.toThrow('refused');
  expect(timing.waits).toHaveLength(waits);
});
