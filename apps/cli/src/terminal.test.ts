import { expect, test } from 'vitest';
import { columnsOf, paintFor, withoutControls } from './terminal.ts';

test.each([
  { isTTY: true, env: {}, coloured: true, why: 'a terminal shows colours' },
  { isTTY: false, env: {}, coloured: false, why: 'a file does not' },
  { isTTY: true, env: { NO_COLOR: '1' }, coloured: false, why: 'they are not wanted' },
  { isTTY: true, env: { NO_COLOR: '' }, coloured: true, why: 'an empty NO_COLOR says nothing' },
  { isTTY: false, env: { FORCE_COLOR: '1' }, coloured: true, why: 'they are asked for' },
  { isTTY: true, env: { FORCE_COLOR: '0' }, coloured: false, why: 'they are forced off' },
  { isTTY: false, env: { FORCE_COLOR: '1', NO_COLOR: '1' }, coloured: true, why: 'force is force' },
  { isTTY: true, env: { TERM: 'dumb' }, coloured: false, why: 'the terminal cannot' },
])('colours are $coloured for TTY $isTTY and $env: $why', ({ isTTY, env, coloured }) => {
  const paint = paintFor({ isTTY, write: () => true }, env);

  expect(paint('red', 'x')).toBe(coloured ? '\u001b[31mx\u001b[39m' : 'x');
});

test.each([
  { text: 'a\u001b[2Jb', keepColours: true, printed: 'ab', why: 'it would clear the screen' },
  {
    text: '\u001b[31mred\u001b[0m',
    keepColours: true,
    printed: '\u001b[31mred\u001b[0m',
    why: 'it is a colour',
  },
  {
    text: '\u001b[31mred\u001b[0m',
    keepColours: false,
    printed: 'red',
    why: 'no colour is wanted',
  },
  {
    text: 'a\rb\u0007\u009b1A',
    keepColours: true,
    printed: 'ab',
    why: 'it would go back, ring, go up',
  },
  {
    text: '\u001b]0;title\u0007x',
    keepColours: true,
    printed: 'x',
    why: 'it would rename the window',
  },
  { text: 'a\tb é', keepColours: false, printed: 'a    b é', why: 'a tab is room, an é is an é' },
])('takes controls out of $text: $why', ({ text, keepColours, printed }) => {
  expect(withoutControls(text, { keepColours })).toBe(printed);
});

test.each([
  { columns: 100, env: { COLUMNS: '80' }, expected: 100 },
  { columns: undefined, env: { COLUMNS: '80' }, expected: 80 },
  { columns: undefined, env: { COLUMNS: 'wide' }, expected: undefined },
  { columns: undefined, env: {}, expected: undefined },
])('columns are $expected of $columns and $env', ({ columns, env, expected }) => {
  const output = { write: () => true, ...(columns === undefined ? {} : { columns }) };

  expect(columnsOf(output, env)).toBe(expected);
});
