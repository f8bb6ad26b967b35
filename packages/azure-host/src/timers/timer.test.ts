import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseSchedule, type Schedule } from './schedule.ts';
import { startTimer, type ScheduleStatus } from './timer.ts';
import { zoneOf } from './zone.ts';

const zone = zoneOf('UTC')!;
const dayMs = 86_400_000;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00.500Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

function scheduleFrom(text: string): Schedule {
  const schedule = parseSchedule(text, zone);
  if (schedule === undefined) throw new Error(`${text} is no schedule`);
  return schedule;
}

function run(
  text: string,
  options: { takesMs?: number; runOnStartup?: boolean; status?: ScheduleStatus } = {},
) {
  const starts: string[] = [];
  const pastDue: boolean[] = [];
  const statuses: ScheduleStatus[] = [];
  const stop = startTimer({
    schedule: scheduleFrom(text),
    zone,
    runOnStartup: options.runOnStartup ?? false,
    isMonitored: true,
    status: options.status,
    onStatus: (status) => statuses.push(status),
    run: async (json, firedAt) => {
      starts.push(firedAt.toISOString());
      pastDue.push(json.includes('"IsPastDue":true'));
      await new Promise((resolve) => {
        setTimeout(resolve, options.takesMs ?? 0);
      });
    },
  });
  return { starts, pastDue, statuses, stop };
}

test('a month is waited for, though no timer of Node is that long', async () => {
  const { starts, stop } = run('0 0 0 15 3 *');
  await vi.advanceTimersByTimeAsync(72 * dayMs);
  expect(starts).toEqual([]);
  await vi.advanceTimersByTimeAsync(dayMs);
  expect(starts).toEqual(['2026-03-15T00:00:00.000Z']);
  stop();
});

test('a run that outlasts the next time is followed by one run at once, not by all that were missed', async () => {
  const { starts, stop } = run('*/1 * * * * *', { takesMs: 3300 });
  await vi.advanceTimersByTimeAsync(8000);
  expect(starts).toEqual([
    '2026-01-01T00:00:01.000Z',
    '2026-01-01T00:00:04.301Z',
    '2026-01-01T00:00:07.602Z',
  ]);
  stop();
});

test('a time that passed while the host was away is made up for once', async () => {
  const status = {
    last: Date.parse('2025-12-31T21:00:00Z'),
    next: Date.parse('2025-12-31T22:00:00Z'),
  };
  const { starts, pastDue, stop } = run('0 0 * * * *', { status });
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect([starts, pastDue]).toEqual([
    ['2026-01-01T00:00:00.500Z', '2026-01-01T01:00:00.000Z'],
    [true, false],
  ]);
  stop();
});

test('runOnStartup runs once at the start, and then on time', async () => {
  const { starts, statuses, stop } = run('0 0 * * * *', { runOnStartup: true });
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(starts).toEqual(['2026-01-01T00:00:00.500Z', '2026-01-01T01:00:00.000Z']);
  expect(statuses.at(-1)).toEqual({
    last: Date.parse('2026-01-01T01:00:00Z'),
    next: Date.parse('2026-01-01T02:00:00Z'),
  });
  stop();
});

test('a stopped timer runs no more', async () => {
  const { starts, stop } = run('*/1 * * * * *');
  await vi.advanceTimersByTimeAsync(1000);
  stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(starts).toEqual(['2026-01-01T00:00:01.000Z']);
});

test('a stop during a run is the last of it', async () => {
  const { starts, stop } = run('*/1 * * * * *', { takesMs: 1500 });
  await vi.advanceTimersByTimeAsync(1000);
  stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(starts).toEqual(['2026-01-01T00:00:01.000Z']);
});
