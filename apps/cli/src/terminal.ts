import { stripVTControlCharacters } from 'node:util';

/** A stream that lines are written to, such as `process.stdout`. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Columns of the terminal, else COLUMNS; `undefined` without either. */
export function columnsOf(output: Output, env: NodeJS.ProcessEnv): number | undefined {
  if (output.columns !== undefined) return output.columns;
  const asked = env['COLUMNS'] ?? '';
  return /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : undefined;
}

/** Styles of text. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Applies a style to a text where colours are on. */
export type Paint = (style: Style, text: string) => string;

// Select Graphic Rendition, ECMA-48 8.3.117: the codes that turn each on and off.
const codes: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

/** Colours for a stream: FORCE_COLOR, else NO_COLOR (https://no-color.org), else on a terminal. */
export function paintFor(output: Output, env: NodeJS.ProcessEnv): Paint {
  if (!isColourful(output, env)) return (_style, text) => text;
  return (style, text) => `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m`;
}

function isColourful(output: Output, env: NodeJS.ProcessEnv): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR']) return false;
  return output.isTTY === true && env['TERM'] !== 'dumb';
}

/** Removes everything that would move the cursor or hide text; colours (SGR) can be kept. */
export function withoutControls(text: string, { keepColours = false } = {}): string {
  const shown = text.replaceAll('\t', '    ');
  const colours = keepColours ? (shown.match(colour) ?? []) : [];
  const parts = keepColours ? shown.split(colour) : [shown];
  return parts
    .map((part) => stripVTControlCharacters(part).replaceAll(/\p{Cc}/gu, ''))
    .map((part, i) => part + (colours[i] ?? ''))
    .join('');
}

const colour = new RegExp(String.raw`${'\u001b'}\[[\d;]*m`, 'g');
