import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { untilInterrupted } from './interruption.ts';

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
