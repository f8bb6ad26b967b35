import { expect, test } from 'vitest';
import { parseTimeSpan } from './time-span.ts';

const day = 86_400_000;

test.each([
  ['00:05:00', 300_000, 'hours, minutes, seconds'],
  ['0:10', 600_000, 'hours and minutes'],
  ['23:59:59.5', 86_399_500, 'fractions of a second'],
  ['1.02:03:04', day + 7_384_000, 'days before a dot'],
  ['7', 7 * day, 'a bare number is days'],
  ['24:00:00', 24 * day, 'hours above 23 are read as days'],
  ['-00:00:01', -1000, 'a sign'],
])('%s is %i ms: %s', (text, expected) => {
  expect(parseTimeSpan(text)).toBe(expected);
});

test.each(['', '5m', '00:60:00', '00:00:60', '24:00', '1.24:00:00', ':', '1:2:3:4:5'])(
  '%j is no time span',
  (text) => {
    expect(parseTimeSpan(text)).toBeUndefined();
  },
);
