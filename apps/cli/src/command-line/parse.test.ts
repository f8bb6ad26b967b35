import { expect, test } from 'vitest';
import { declare, flag, hidden, negated, option, optionOr, repeatable } from './declaration.ts';
import { page } from './help.ts';
import { one } from './operands.ts';
import { parse } from './parse.ts';
import { oneOf, port, text, wholeNumber } from './values.ts';

const serve = declare({
  name: 'serve',
  summary: 'serve a file',
  description: 'Serves a file.',
  operands: one('<file>', 'a file'),
  options: {
    json: flag('as JSON'),
    watch: negated('do not watch'),
    maxSize: option('N', 'bytes', wholeNumber),
    portAws: optionOr('N', 'port', { parse: port, fallback: () => 4001, variable: 'PORT_AWS' }),
    tag: repeatable('TAG', 'a tag that the file is served with, repeatable', text),
    ...hidden({ mode: option('MODE', '', oneOf('fast', 'slow')) }),
  },
  notes: 'One note.',
});

const defaults = {
  json: false,
  watch: true,
  maxSize: undefined,
  portAws: 4001,
  tag: [],
  mode: undefined,
};

test.each([
  { args: 'a.txt', env: {}, changed: {}, why: 'nothing is given' },
  {
    args: '--json a.txt --no-watch',
    env: {},
    changed: { json: true, watch: false },
    why: 'switches',
  },
  { args: 'a.txt --max-size=5', env: {}, changed: { maxSize: 5 }, why: 'an equals sign' },
  {
    args: 'a.txt --max-size 5 --max-size 6',
    env: {},
    changed: { maxSize: 6 },
    why: 'the last counts',
  },
  { args: 'a.txt --tag a --tag=b', env: {}, changed: { tag: ['a', 'b'] }, why: 'all count' },
  { args: 'a.txt', env: { PORT_AWS: '5' }, changed: { portAws: 5 }, why: 'the variable counts' },
  { args: 'a.txt', env: { PORT_AWS: '' }, changed: {}, why: 'an empty variable does not' },
  {
    args: 'a.txt --port-aws 0',
    env: { PORT_AWS: '5' },
    changed: { portAws: 0 },
    why: 'an option over it',
  },
  {
    args: 'a.txt --mode slow',
    env: {},
    changed: { mode: 'slow' },
    why: 'a hidden option is accepted',
  },
  { args: '-- a.txt', env: {}, changed: {}, why: 'an operand after --' },
])('parses $args with $env: $why', ({ args, env, changed }) => {
  expect(parse(serve, args.split(' '), env)).toMatchObject({
    command: 'serve',
    operands: 'a.txt',
    values: { ...defaults, ...changed },
  });
});

test('keeps what was typed, and nothing else', () => {
  const args = 'a.txt --tag a --json --tag b --max-size 5 --max-size 6'.split(' ');
  expect(parse(serve, args, { PORT_AWS: '5' }).typed).toEqual({
    json: [],
    maxSize: ['6'],
    tag: ['a', 'b'],
  });
});

const see = 'tricloud serve --help lists what it takes';

test.each([
  { args: '--bogus', message: 'serve has no option --bogus', hint: see },
  { args: 'a.txt --jsno', message: 'serve has no option --jsno', hint: 'did you mean --json?' },
  { args: 'a.txt --hlep', message: 'serve has no option --hlep', hint: 'did you mean --help?' },
  { args: 'a.txt --json=yes', message: '--json takes no value' },
  { args: 'a.txt --no-watch=1', message: '--no-watch takes no value' },
  { args: 'a.txt --max-size', message: '--max-size needs a value' },
  { args: 'a.txt --max-size --json', message: '--max-size needs a value' },
  { args: 'a.txt --max-size -1', message: '--max-size must be a whole number, not "-1"' },
  { args: 'a.txt --tag=', message: '--tag needs a value' },
  { args: '--max-size x', message: 'serve needs a file' },
  { args: 'a.txt b.txt', message: 'serve takes one file, not also b.txt' },
])('refuses $args', ({ args, message, hint }) => {
  expect(() => parse(serve, args.split(' '), {})).toThrow(
    expect.objectContaining({ message, hint, exitCode: 2 }),
  );
});

test('refuses a variable by its own name', () => {
  const message = 'PORT_AWS must be a port number from 0 to 65535, not "x"';
  expect(() => parse(serve, ['a.txt'], { PORT_AWS: 'x' })).toThrow(message);
});

test('prints the help: short options share a line, hidden ones are not listed', () => {
  expect(page(serve)).toBe(`Serves a file.

Usage: tricloud serve <file> [options]

  --json                    as JSON        --no-watch              do not watch
  --max-size N              bytes          --port-aws N            port
  --tag TAG                 a tag that the file is served with, repeatable
  -h, --help

One note.
`);
});
