import { assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { matchRoute } from './match.ts';
import { parseRouteTemplate, RouteTemplateError } from './template.ts';

test.each<[string, string, Record<string, string> | undefined, string]>([
  ['a/b', '/a/b', {}, 'fixed text matches itself'],
  ['a/b', '/A/B/', {}, 'without case and with a trailing slash'],
  ['a/b', '/a', undefined, 'a segment is missing'],
  ['a/b', '/a/b/c', undefined, 'a segment is too many'],
  ['', '/', {}, 'an empty template is the root'],
  ['{a}/x', '/1/x', { a: '1' }, 'a parameter may stand first'],
  ['{a?}/x', '/x', undefined, 'an optional that is not last must be there'],
  ['x/{a=1}/{b=2}', '/x', { a: '1', b: '2' }, 'all defaults fill in'],
  ['x/{a}/{b?}', '/x/1', { a: '1' }, 'an absent optional has no key'],
  ['{*all}', '/', {}, 'a catch-all matches nothing as well'],
  ['{*all}', '/a/b', { all: 'a/b' }, 'and everything'],
  ['{**all}', '/a/b', { all: 'a/b' }, 'with two stars alike'],
  ['x/{*all:minlength(3)}', '/x/ab', undefined, 'a catch-all may be constrained'],
  ['{name}.{ext}', '/a.b.c', { name: 'a.b', ext: 'c' }, 'a complex segment is read from the right'],
  ['{name}.{ext?}', '/file', { name: 'file' }, 'its last part may be optional'],
  ['{name}.{ext?}', '/file.', undefined, 'but then without the dot'],
  ['{name}.{ext?}', '/file.txt', { name: 'file', ext: 'txt' }, 'its last part may be there'],
  ['v{major}.{minor}', '/V1.2', { major: '1', minor: '2' }, 'fixed text in it has no case'],
  ['v{major}.{minor}', '/v.2', undefined, 'a parameter takes at least one character'],
  ['a{{b}}', '/a{b}', {}, 'doubled braces are braces'],
  [String.raw`{p:regex(^\d{{2}}$)}`, '/12', { p: '12' }, 'doubled braces in a constraint, too'],
  [String.raw`{p:regex(^\d{{2}}$)}`, '/123', undefined, 'and the constraint holds'],
  ['{p:int:min(3)}', '/2', undefined, 'all constraints must hold'],
  ['{p:length(2,3)}', '/abc', { p: 'abc' }, 'a constraint may have two arguments'],
  ['{p:length(2)}', '/abc', undefined, 'or one'],
  ['{p:long}', '/9223372036854775808', undefined, 'long has 64 bits'],
  ['{p:int}', '/+7', { p: '+7' }, 'an int may have a sign'],
  ['{p:bool}', '/TRUE', { p: 'TRUE' }, 'bool has no case'],
  ['{p:bool}', '/1', undefined, 'bool is a word'],
  [
    '{p:guid}',
    '/{CD2C1638-1638-72D5-1638-DEADBEEF1638}',
    { p: '{CD2C1638-1638-72D5-1638-DEADBEEF1638}' },
    'a guid may have braces',
  ],
  ['{p:guid}', '/(CD2C1638-1638-72D5-1638-DEADBEEF1638}', undefined, 'that fit'],
  ['{p:decimal}', '/-1,234.5', { p: '-1,234.5' }, 'decimal has thousands'],
  ['{p:decimal}', '/1e3', undefined, 'decimal has no exponent'],
  ['{p:double}', '/1e3', { p: '1e3' }, 'double has'],
  ['{p:float}', '/NaN', { p: 'NaN' }, 'NaN is a float'],
  ['{p:datetime}', '/2026-02-28', { p: '2026-02-28' }, 'a day is a datetime'],
  ['{p:datetime}', '/2026-02-30', undefined, 'if it exists'],
  ['{p:datetime}', '/5', undefined, 'a number is none'],
  ['{p:datetime}', '/2026-02-28T12:61', undefined, 'nor is a time with 61 minutes'],
  ['{*p:file}', '/a/b.txt', { p: 'a/b.txt' }, 'a file has a dot in its last part'],
  ['{*p:nonfile}', '/a.b/c', { p: 'a.b/c' }, 'what has none is no file'],
  ['{p:range(-5,5)}', '/-5', { p: '-5' }, 'a range may be negative'],
])('%s against %s gives %j: %s', (template, path, expected) => {
  expect(matchRoute(parseRouteTemplate(template), path)).toEqual(expected);
});

test.each([
  ['/a', "it must not start with '/' or '~'."],
  ['a//b', "'/' must not appear twice in a row."],
  ['{a', "there is a '{' without its '}'."],
  ['a}', "there is a '}' without its '{'."],
  ['{a}{b}', 'two parameters must be separated by fixed text.'],
  ['{a}/{A}', "the parameter 'a' appears more than once."],
  ['{*a}/b', 'a catch-all parameter must be the last segment.'],
  ['x{*a}', 'a catch-all parameter must stand alone in its segment.'],
  ['{*a?}', "the catch-all 'a' must not be optional."],
  ['{a=1?}', "the optional parameter 'a' must not have a default."],
  ['{a}-{b?}', "an optional parameter must be last in its segment, after a '.'."],
  ['a?b', "fixed text must not contain '?'."],
  ['{}', "'' is not a parameter name."],
  ['{a:range(3,1)}', 'range(3,1) must be range(least,most).'],
])('%s is refused: %s', (template, problem) => {
  expect(() => parseRouteTemplate(template)).toThrow(
    new RouteTemplateError(`The route template '${template}' cannot be used: ${problem}`),
  );
});

test('an unknown constraint is refused by name', () => {
  expect(() => parseRouteTemplate('{a:prime}')).toThrow(
    "The route constraint 'prime' is not known",
  );
});

test('no template and no path make it throw anything but its own error', () => {
  const text = string({ unit: constantFrom(...'ab/{}*?=:().~-,1'.split('')), maxLength: 16 });
  assert(property(text, text, failsInItsOwnWay), { numRuns: 2000 });
});

function failsInItsOwnWay(template: string, path: string): boolean {
  try {
    matchRoute(parseRouteTemplate(template), `/${path}`);
    return true;
  } catch (error) {
    return error instanceof RouteTemplateError;
  }
}
