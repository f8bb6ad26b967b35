import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { untilAbandoned, untilInterrupted } from './interruption.ts';

function interruption() {
  const source = new EventEmitter();
  const clock = { ms: 0 };
  const told = { impatient: 0 };
  const onImpatience = () => {
    told.impatient += 1;
  };
  const over = untilInterrupted(source, onImpatience, () => clock.ms);
  return { source, clock, told, over };
}

test('npm passing on the Ctrl-C that the terminal sent as well is one interruption', async () => {
  const { source, clock, told, over } = interruption();
  source.emit('SIGINT', 'SIGINT');
  clock.ms = 40;
  source.emit('SIGINT', 'SIGINT');
  await over;

  expect(told).toEqual({ impatient: 0 });
});

test('a second Ctrl-C by hand is impatience', async () => {
  const { source, clock, told, over } = interruption();
  source.emit('SIGINT', 'SIGINT');
  clock.ms = 900;
  source.emit('SIGTERM', 'SIGTERM');
  await over;

  expect(told).toEqual({ impatient: 1 });
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s is asked for the end', async (signal) => {
  const { source, told, over } = interruption();
  source.emit(signal, signal);
  await over;

  expect(told).toEqual({ impatient: 0 });
});

test('npm gone without a word is the end of what it started', async () => {
  const parentage = { ppid: 100, env: { npm_lifecycle_script: "'tricloud'" } };
  const abandoned = untilAbandoned(parentage, 1);
  parentage.ppid = 1;

  await expect(abandoned).resolves.toBeUndefined();
});

test.each([
  { env: {}, why: 'a shell that ends may leave it running on purpose' },
  { env: { npm_lifecycle_script: 'vitest run' }, why: 'npm started something else' },
])('a parent that is gone is no end: $why', async ({ env }) => {
  const parentage = { ppid: 100, env };
  const abandoned = untilAbandoned(parentage, 1).then(() => 'ended');
  parentage.ppid = 1;
  const later = new Promise((resolve) => setTimeout(() => resolve('goes on'), 20));

  await expect(Promise.race([abandoned, later])).resolves.toBe('goes on');
});
