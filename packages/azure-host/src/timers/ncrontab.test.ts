import { type Arbitrary, assert, constant, integer, oneof, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { nextWallTime, parseNcrontab } from './ncrontab.ts';

function firings(expression: string, after: string, count: number): readonly string[] {
  const schedule = parseNcrontab(expression);
  if (schedule === undefined) throw new Error(`${expression} is no schedule`);
  const times: string[] = [];
  let time: number | undefined = Date.parse(`${after}Z`);
  while (times.length < count) {
    time = nextWallTime(schedule, time);
    if (time === undefined) break;
    times.push(new Date(time).toISOString().slice(0, 19));
  }
  return times;
}

test.each([
  [
    '*/15 * * * * *',
    '2026-01-01T00:00:07',
    ['2026-01-01T00:00:15', '2026-01-01T00:00:30'],
    'six fields begin with seconds',
  ],
  [
    '*/5 * * * *',
    '2026-01-01T00:01:00',
    ['2026-01-01T00:05:00', '2026-01-01T00:10:00'],
    'five fields have none',
  ],
  [
    '0 0 12 13 * 5',
    '2026-01-01T00:00:00',
    ['2026-02-13T12:00:00', '2026-03-13T12:00:00'],
    'both day fields must hold',
  ],
  [
    '0 0 9 * * Mon-Fri',
    '2026-01-02T10:00:00',
    ['2026-01-05T09:00:00', '2026-01-06T09:00:00'],
    'weekdays have names',
  ],
  [
    '0 0 0 1 Jan,july *',
    '2026-01-15T00:00:00',
    ['2026-07-01T00:00:00', '2027-01-01T00:00:00'],
    'months have names in any case',
  ],
  [
    '0 0 0 * * su',
    '2026-01-01T00:00:00',
    ['2026-01-04T00:00:00', '2026-01-11T00:00:00'],
    'a name may be cut short',
  ],
  [
    '0 0 0 29 2 *',
    '2026-01-01T00:00:00',
    ['2028-02-29T00:00:00', '2032-02-29T00:00:00'],
    'leap days come every four years',
  ],
  [
    '0 0 17-9 * * *',
    '2026-01-01T15:00:00',
    ['2026-01-01T16:00:00', '2026-01-01T17:00:00'],
    'a reversed range is put in order, not wrapped',
  ],
  [
    '0 50/5 * * * *',
    '2026-01-01T00:00:00',
    ['2026-01-01T00:50:00', '2026-01-01T00:55:00'],
    'n/step runs to the end',
  ],
  [
    '0 0 0 1-9/4 * *',
    '2026-01-01T12:00:00',
    ['2026-01-05T00:00:00', '2026-01-09T00:00:00'],
    'a range may have steps',
  ],
  [
    '59 59 23 31 12 *',
    '2026-12-31T23:59:59',
    ['2027-12-31T23:59:59', '2028-12-31T23:59:59'],
    'the next time is later than now',
  ],
])('%s after %s fires at %j, because %s', (expression, after, expected) => {
  expect(firings(expression, after, 2)).toEqual(expected);
});

test('a day that never comes never fires', () => {
  expect(firings('0 0 0 30 2 *', '2026-01-01T00:00:00', 1)).toEqual([]);
});

test.each([
  ['0 0 0 * * 7', 'Sunday is 0 only'],
  ['0 0 24 * * *', 'a day has hours 0 to 23'],
  ['60 * * * * *', 'a minute has seconds 0 to 59'],
  ['0 0 0 0 * *', 'months begin with day 1'],
  ['0 0 0 * 13 *', 'a year has twelve months'],
  ['0 0 0 ? * *', 'there is no ?'],
  ['0 0 0 L * *', 'there is no L'],
  ['0 0 0 * * 1#2', 'there is no #'],
  ['@daily', 'there are no names for schedules'],
  ['* * * *', 'there are five or six fields'],
  ['* * * * * * *', 'there are five or six fields'],
  ['*/0 * * * * *', 'a step is at least 1'],
  ['1-2-3 * * * * *', 'a range has two ends'],
  ['1,,2 * * * * *', 'an item of a list is not empty'],
  ['-1 * * * * *', 'a value is not negative'],
  ['', 'nothing is no schedule'],
])('%j is refused, because %s', (expression) => {
  expect(parseNcrontab(expression)).toBeUndefined();
});

test.each([
  ['0 30 1 * * *', false],
  ['0 0 1,13 * * *', false],
  ['0 30 * * * *', true],
  ['0 0 8-10 * * *', true],
  ['0 0 0/6 * * *', true],
])('%s is an interval: %s', (expression, isInterval) => {
  expect(parseNcrontab(expression)?.isInterval).toBe(isInterval);
});

function field(least: number, most: number): Arbitrary<string> {
  return oneof(
    constant('*'),
    integer({ min: least, max: most }).map(String),
    integer({ min: 1, max: 30 }).map((step) => `*/${step}`),
  );
}

test('what fires next fits every field, and nothing between fits', () => {
  assert(
    property(
      tuple(field(0, 59), field(0, 59), field(0, 23)),
      integer({ min: 0, max: 4_000_000_000 }),
      (fields, seconds) => {
        const schedule = parseNcrontab([...fields, '*', '*', '*'].join(' '));
        if (schedule === undefined) throw new Error('refused');
        const next = nextWallTime(schedule, seconds * 1000) ?? Number.NaN;
        const fits = (time: number): boolean => {
          const date = new Date(time);
          return (
            schedule.seconds.has(date.getUTCSeconds()) &&
            schedule.minutes.has(date.getUTCMinutes()) &&
            schedule.hours.has(date.getUTCHours())
          );
        };
        expect(fits(next)).toBe(true);
        for (let time = next - 1000; time > seconds * 1000 && time > next - 600_000; time -= 1000) {
          if (fits(time)) throw new Error(`${new Date(time).toISOString()} was left out`);
        }
      },
    ),
    { numRuns: 100 },
  );
});
