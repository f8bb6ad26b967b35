import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findJsonFault } from './json-fault.ts';

test.each([
  { text: '{"a": 1,}', at: '1:9', problem: 'a name in double quotes is expected, not "}"' },
  { text: '{\n  "a": 1\n  "b": 2\n}', at: '3:3', problem: 'a comma or } is expected, not "\\""' },
  { text: '{"a" 1}', at: '1:6', problem: 'a colon is expected, not "1"' },
  { text: "{'a': 1}", at: '1:2', problem: 'a name in double quotes or } is expected, not "\'"' },
  { text: '[1, 2', at: '1:6', problem: 'a comma or ] is expected, not the end' },
  { text: '{"a": NaN}', at: '1:7', problem: 'a value is expected, not "NaN"' },
  { text: '{"a": 012}', at: '1:7', problem: 'a value is expected, not "012"' },
  { text: '{"a": 1} // why', at: '1:10', problem: 'nothing may follow the value, not "/"' },
  { text: '[1,\n]', at: '2:1', problem: 'a value is expected, not "]"' },
  { text: '[nullx]', at: '1:2', problem: 'a value or ] is expected, not "nullx"' },
  {
    text: '{"a": "x\n"}',
    at: '1:7',
    problem: 'a string that does not end, or that escapes what cannot be escaped',
  },
  { text: '', at: '1:1', problem: 'a value is expected, not the end' },
])('finds what is wrong with $text', ({ text, at, problem }) => {
  const fault = findJsonFault(text);

  expect({ at: `${fault.line}:${fault.column}`, problem: fault.problem }).toEqual({ at, problem });
});

test('finds the fault behind a hundred thousand open brackets', () => {
  const fault = findJsonFault('['.repeat(100_000));

  expect(fault).toEqual({
    line: 1,
    column: 100_001,
    problem: 'a value or ] is expected, not the end',
  });
});

test('points into whatever text the engine refuses, at or before the place where it was broken', () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', ']', '}', ',', '"', 'x'),
      (json, n, put) => {
        const at = n % json.length;
        const text = json.slice(0, at) + put + json.slice(at + 1);
        fc.pre(isRefused(text));
        const { line, column } = findJsonFault(text);
        const before = text
          .split('\n')
          .slice(0, line - 1)
          .join('\n').length;

        expect(before + column - 1).toBeLessThanOrEqual(text.length);
      },
    ),
    { numRuns: 300 },
  );
});

function isRefused(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}
