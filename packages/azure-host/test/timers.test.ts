import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, start, type Started } from './support.ts';

let started: Started;
beforeAll(async () => {
  started = await start('timers', { env: { HOURLY: '0 0 * * * *', TZ: 'UTC' } });
});
afterAll(() => started.host.close());

function linesOf(prefix: string): readonly string[] {
  return started.messages('user').filter((message) => message.startsWith(prefix));
}

test('H1: a timer of every second runs on the second and has no status', async () => {
  await eventually(
    () => linesOf('second').length >= 2,
    () => started.messages('user'),
  );
  const [, at, json] = /^second (\d+) (.+)$/.exec(linesOf('second')[0] ?? '') ?? [];
  // Never early; how late it is depends on the machine.
  expect(Number(at) % 1000).toBeLessThan(900);
  expect(JSON.parse(json ?? '')).toEqual({
    schedule: { adjustForDST: true },
    scheduleStatus: null,
    isPastDue: false,
  });
});

test('H2: a slow run is never joined by the next', async () => {
  await eventually(
    () => linesOf('slow').length >= 4,
    () => started.messages('user'),
  );
  const lines = linesOf('slow').slice(0, 4);
  expect(lines).toEqual(['slow begins', 'slow ends', 'slow begins', 'slow ends']);
});

test('H3: a timer of every hour has a status, and runs at the start if it asks for that', async () => {
  await eventually(
    () => linesOf('hourly').length >= 1,
    () => started.messages('user'),
  );
  const timer: unknown = JSON.parse((linesOf('hourly')[0] ?? '').slice('hourly '.length));
  const scheduleStatus: unknown = Object(timer).scheduleStatus;
  expect(scheduleStatus).toEqual({
    last: '0001-01-01T00:00:00+00:00',
    next: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:00:00\+00:00$/),
    lastUpdated: '0001-01-01T00:00:00+00:00',
  });
});

test('runs of timers are reported', async () => {
  await eventually(
    () => started.invocations.some(({ functionName }) => functionName === 'hourly'),
    () => started.invocations,
  );
  const { id, durationMs, coldStart, ...rest } =
    started.invocations.find(({ functionName }) => functionName === 'hourly') ??
    started.invocations[0]!;
  expect([typeof id, typeof durationMs, typeof coldStart]).toEqual(['string', 'number', 'boolean']);
  expect(rest).toEqual({
    functionName: 'hourly',
    trigger: 'timer',
    succeeded: true,
    bytesIn: 0,
    bytesOut: 0,
  });
  expect(started.messages('system').join('\n')).toMatch(
    /Executing 'Functions\.second' \(Reason='Timer fired at [\d:.T-]+\+00:00', Id=/,
  );
});
