import { EventEmitter, once } from 'node:events';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startedUnless, untilAbandoned, untilInterrupted } from './interruption.ts';

function interruption() {
  const source = new EventEmitter();
  const clock = { ms: 0 };
  const printed = { impatient: 0 };
  const onImpatience = () => {
    printed.impatient += 1;
  };
  const over = untilInterrupted(source, onImpatience, () => clock.ms);
  return { source, clock, printed, over };
}

test('npm passing on the Ctrl-C that the terminal sent as well is one interruption', async () => {
  const { source, clock, printed, over } = interruption();
  source.emit('SIGINT', 'SIGINT');
  clock.ms = 40;
  source.emit('SIGINT', 'SIGINT');
  await over;

  expect(printed).toEqual({ impatient: 0 });
});

test('a second Ctrl-C by hand is impatience', async () => {
  const { source, clock, printed, over } = interruption();
  source.emit('SIGINT', 'SIGINT');
  clock.ms = 900;
  source.emit('SIGTERM', 'SIGTERM');
  await over;

  expect(printed).toEqual({ impatient: 1 });
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s is asked for the end', async (signal) => {
  const { source, printed, over } = interruption();
  source.emit(signal, signal);
  await over;

  expect(printed).toEqual({ impatient: 0 });
});

test('npm gone without a word is the end of what it started, and npm at work is not', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const ended: string[] = [];
  const parentage = { ppid: 100, env: { npm_lifecycle_script: "'tricloud'" } };
  void untilAbandoned(parentage).then(() => ended.push('ended'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ended).toEqual([]);

  parentage.ppid = 1;
  await vi.advanceTimersByTimeAsync(250);
  expect(ended).toEqual(['ended']);
});

test.each([
  { env: {}, why: 'a shell that ends may leave it running on purpose' },
  { env: { npm_lifecycle_script: 'vitest run' }, why: 'npm started something else' },
])('a parent that is gone is no end: $why', async ({ env }) => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const ended: string[] = [];
  const parentage = { ppid: 100, env };
  void untilAbandoned(parentage).then(() => ended.push('ended'));
  parentage.ppid = 1;
  await vi.advanceTimersByTimeAsync(60_000);

  expect(ended).toEqual([]);
});

function closable() {
  const it = { isClosed: false, close: async () => void (it.isClosed = true) };
  return it;
}

const failing = async (signal: AbortSignal) => {
  await once(signal, 'abort');
  throw new Error('no');
};

describe('what is starting', () => {
  test('is handed on when it is ready before anybody stops it', async () => {
    const it = closable();

    expect(await startedUnless(new Promise(() => {}), async () => it)).toBe(it);
    expect(it.isClosed).toBe(false);
  });

  test('is closed when somebody stops it before', async () => {
    const it = closable();
    const late = async (signal: AbortSignal) => {
      await once(signal, 'abort');
      return it;
    };

    expect(await startedUnless(Promise.resolve(), late)).toBe(undefined);
    expect(it.isClosed).toBe(true);
  });

  test('aborts a start when it is interrupted first', async () => {
    const printed: unknown[] = [];
    const start = (signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          printed.push('given up');
          reject(new Error('given up'));
        });
      });

    expect(await startedUnless(Promise.resolve(), start)).toBe(undefined);
    expect(printed).toEqual(['given up']);
  });

  test('is not waited for when it never gets ready, or fails', async () => {
    expect(await startedUnless(Promise.resolve(), () => new Promise<never>(() => {}), 5)).toBe(
      undefined,
    );
    expect(await startedUnless(Promise.resolve(), failing)).toBe(undefined);
  });
});
