import { expect, test } from 'vitest';
import { parseGoogleLogLine } from './log-line.ts';

const label = { 'logging.googleapis.com/labels': { execution_id: 'abc' } };

test.each([
  ['plain', { executionId: null, lines: ['plain'] }, 'outside a request'],
  ['{"a":1}', { executionId: null, lines: ['{"a":1}'] }, 'JSON of nobody'],
  ['{"a":', { executionId: null, lines: ['{"a":'] }, 'JSON only at first sight'],
  [
    JSON.stringify({ message: 'one\ntwo\n', ...label }),
    { executionId: 'abc', lines: ['one', 'two'] },
    'text, wrapped by the framework',
  ],
  [
    JSON.stringify({ message: 'x', severity: 'ERROR', ...label }),
    { executionId: 'abc', lines: ['x'] },
    'text on the other stream',
  ],
  [
    JSON.stringify({ user: 7, ...label, 'logging.googleapis.com/spanId': '1' }),
    { executionId: 'abc', lines: ['{"user":7}'] },
    'the function’s own object, as it wrote it',
  ],
  [
    JSON.stringify({ message: 'x', 'logging.googleapis.com/labels': null }),
    { executionId: null, lines: ['{"message":"x","logging.googleapis.com/labels":null}'] },
    'labels that are none',
  ],
])('%s is %j: %s', (line, expected, _why) => {
  expect(parseGoogleLogLine(line)).toEqual(expected);
});
