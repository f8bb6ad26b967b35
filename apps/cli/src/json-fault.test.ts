import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findJsonFault } from './json-fault.ts';

test.each([
  { text: '{"a": 1,}', at: '1:9', problem: 'a name in double quotes is expected, not "}"' },
  {
    text: '{\n  "a": 1\n  "b": 2\n}',
    at: '3:3',
    problem: 'a comma or } is expected, not "\\"b\\""',
  },
  { text: '{"a" 1}', at: '1:6', problem: 'a colon is expected, not "1"' },
  { text: "{'a': 1}", at: '1:2', problem: 'a name in double quotes is expected, not "\'a\'"' },
  { text: '{"b": [], a: 1}', at: '1:11', problem: 'a name in double quotes is expected, not "a"' },
  { text: '[1, 2', at: '1:6', problem: 'a comma or ] is expected, not the end' },
  { text: '{"a": 1\n', at: '2:1', problem: 'a comma or } is expected, not the end' },
  { text: '[1 2]', at: '1:4', problem: 'a comma or ] is expected, not "2"' },
  { text: '{"a": NaN}', at: '1:7', problem: 'a value is expected, not "NaN"' },
  { text: '{"a": 012}', at: '1:8', problem: 'a comma or } is expected, not "12"' },
  {
    text: '{"a": 1.}',
    at: '1:7',
    problem: 'a digit after the point or exponent is expected, not "1."',
  },
  {
    text: '{"a": 1} // why',
    at: '1:10',
    problem: 'JSON without comments is expected, not "// why"',
  },
  { text: '{"a": 1} 2', at: '1:10', problem: 'the end is expected, not "2"' },
  { text: '[1,\n]', at: '2:1', problem: 'a value is expected, not "]"' },
  { text: '[nullx]', at: '1:2', problem: 'a value is expected, not "nullx"' },
  {
    text: '{"a": "x\n"}',
    at: '1:7',
    problem: 'a string has no closing double quote on its line',
  },
  {
    text: String.raw`{"a": "\x"}`,
    at: '1:7',
    problem: String.raw`a string has a backslash before something other than " \ / b f n r t u`,
  },
  {
    text: String.raw`{"a": "\u12"}`,
    at: '1:7',
    problem: String.raw`a string has a \u without four hexadecimal digits`,
  },
  {
    text: '{"a": "\u0001"}',
    at: '1:7',
    problem: 'a string has a control character that is not escaped',
  },
  { text: '', at: '1:1', problem: 'a value is expected, not the end' },
])('finds what is wrong with $text', ({ text, at, problem }) => {
  const fault = findJsonFault(text);

  expect({ at: `${fault?.line}:${fault?.column}`, problem: fault?.problem }).toEqual({
    at,
    problem,
  });
});

test.each([
  {
    text: '{"a": 1,\n "a": 2}',
    at: '2:2',
    problem: 'duplicate key "a", first at 1:2',
  },
  {
    text: '{"a": 1, "b": [{"c": 1,\n  "c": 2}], "a": 3}',
    at: '2:3',
    problem: 'duplicate key "c", first at 1:17',
  },
  {
    text: String.raw`{"a": 1, "\u0061": 2}`,
    at: '1:10',
    problem: 'duplicate key "a", first at 1:2',
  },
  {
    text: '{"__proto__": 1, "__proto__": 2}',
    at: '1:18',
    problem: 'duplicate key "__proto__", first at 1:2',
  },
  {
    text: '{"a": 1, "a": 2,}',
    at: '1:17',
    problem: 'a name in double quotes is expected, not "}"',
  },
])('finds the duplicate key, or the syntax error, in $text', ({ text, at, problem }) => {
  const fault = findJsonFault(text);

  expect({ at: `${fault?.line}:${fault?.column}`, problem: fault?.problem }).toEqual({
    at,
    problem,
  });
});

test('takes the same key in two objects for no fault', () => {
  expect(findJsonFault('{"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]}')).toBeUndefined();
});

test('refuses a hundred thousand open brackets', () => {
  expect(findJsonFault('['.repeat(100_000))).toEqual({
    line: 1,
    column: 1,
    problem: 'arrays and objects are nested too deeply',
    isSyntax: true,
  });
});

test('finds no fault in JSON', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(findJsonFault(json)).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});

test('points into whatever text the engine refuses', () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', ']', '}', ',', '"', 'x', '\\', '\u0000', '.', 'e', '-', '\u00a0', '\f'),
      (json, n, put) => {
        const at = n % json.length;
        const text = json.slice(0, at) + put + json.slice(at + 1);
        fc.pre(isRefused(text));
        const { line = 0, column = 0 } = findJsonFault(text) ?? {};
        const before = text
          .split('\n')
          .slice(0, line - 1)
          .join('\n').length;

        expect(line).toBeGreaterThan(0);
        expect(before + column - 1).toBeLessThanOrEqual(text.length);
      },
    ),
    { numRuns: 1000 },
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
