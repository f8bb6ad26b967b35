import { expect, test } from 'vitest';
import { parseSchedule } from './schedule.ts';
import { timerJson } from './timer.ts';
import { zoneOf } from './zone.ts';

const pacific = zoneOf('America/Los_Angeles')!;

function firings(expression: string, after: string, count: number): readonly string[] {
  const times: string[] = [];
  let time: number | undefined = Date.parse(after);
  while (time !== undefined && times.length < count) {
    time = parseSchedule(expression, pacific)?.next(time);
    if (time !== undefined) times.push(new Date(time).toISOString().slice(0, 16));
  }
  return times;
}

// In 2018 the clocks of Los Angeles went from 02:00 to 03:00 on March 11 and from 02:00 back to 01:00 on
// November 4; the examples are those of CronSchedule.cs in azure-webjobs-sdk-extensions.
test.each([
  [
    '0 30 1 * * *',
    '2018-11-03T00:00-07:00',
    ['2018-11-03T08:30', '2018-11-04T08:30', '2018-11-05T09:30'],
    'a fixed time in the repeated hour fires once',
  ],
  [
    '0 30 1 * * *',
    '2018-11-04T01:29-08:00',
    ['2018-11-05T09:30', '2018-11-06T09:30', '2018-11-07T09:30'],
    'it has fired already when the hour repeats',
  ],
  [
    '0 */30 * * * *',
    '2018-11-04T00:31-07:00',
    ['2018-11-04T08:00', '2018-11-04T08:30', '2018-11-04T09:00'],
    'an interval goes on through both hours',
  ],
  [
    '0 */30 * * * *',
    '2018-11-04T01:31-07:00',
    ['2018-11-04T09:00', '2018-11-04T09:30', '2018-11-04T10:00'],
    'an interval goes on through both hours',
  ],
  [
    '0 30 2 * * *',
    '2018-03-10T12:00-08:00',
    ['2018-03-11T10:30', '2018-03-12T09:30', '2018-03-13T09:30'],
    'a time in the gap fires an hour later',
  ],
  [
    '0 0 * * * *',
    '2018-03-11T01:00-08:00',
    ['2018-03-11T10:00', '2018-03-11T11:00', '2018-03-11T12:00'],
    'an interval has no gap',
  ],
  [
    '01:30:00',
    '2018-11-04T00:00-07:00',
    ['2018-11-04T08:30', '2018-11-04T10:00', '2018-11-04T11:30'],
    'a time span knows no clocks',
  ],
])('%s after %s fires at %j, because %s', (expression, after, expected) => {
  expect(firings(expression, after, 3)).toEqual(expected);
});

test.each([
  ['*/30 * * * * *', true],
  ['0,59 * * * * *', true],
  ['0 * * * * *', false],
  ['0 0 * * * *', false],
  ['00:00:59', true],
  ['00:01:00', false],
])('%s fires more than once a minute: %s', (expression, expected) => {
  expect(
    parseSchedule(expression, pacific)?.isSubMinute(Date.parse('2026-01-01T00:00:30.500Z')),
  ).toBe(expected);
});

test.each(['', 'soon', '-00:00:10', '00:00:00', '0 0 0 * * 7'])(
  '%j is no schedule',
  (expression) => {
    expect(parseSchedule(expression, pacific)).toBeUndefined();
  },
);

test('the function is told its times with the offset of the zone', () => {
  const status = {
    last: Date.parse('2026-07-01T12:00:00.250Z'),
    next: Date.parse('2026-12-01T12:00:00Z'),
  };
  expect(JSON.parse(timerJson({ isMonitored: true, zone: pacific }, status, true))).toEqual({
    Schedule: { AdjustForDST: true },
    ScheduleStatus: {
      Last: '2026-07-01T05:00:00.25-07:00',
      Next: '2026-12-01T04:00:00-08:00',
      LastUpdated: '2026-07-01T05:00:00.25-07:00',
    },
    IsPastDue: true,
  });
});
