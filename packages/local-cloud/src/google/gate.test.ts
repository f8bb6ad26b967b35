import { expect, test } from 'vitest';
import { createGate } from './gate.ts';

test('lets so many in at a time, the others in the order they came', async () => {
  const gate = createGate(2);
  const entered: number[] = [];
  const all = [0, 1, 2, 3].map(async (index) => {
    await gate.enter();
    entered.push(index);
  });
  await Promise.all(all.slice(0, 2));
  expect(entered).toEqual([0, 1]);
  gate.leave();
  await all[2];
  expect(entered).toEqual([0, 1, 2]);
  gate.leave();
  await all[3];
  expect(entered).toEqual([0, 1, 2, 3]);
});
