import { visit } from 'jsonc-parser';

/** The first fault of a JSON text, and its position, counted from 1. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly problem: string;
  /** False for a duplicate key in a valid text. */
  readonly isSyntax: boolean;
}

/** An array or object that is not closed yet; of an object, the offset of each key. */
type Open = '[' | Map<string, number>;

/** The first syntax error of a text, else the first key that an object has twice. */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: Open[] = [];
  let syntax: JsonFault | undefined;
  let duplicate: JsonFault | undefined;
  const close = () => {
    open.pop();
  };
  try {
    visit(
      text,
      {
        onError: (code, offset, length) => {
          if (syntax !== undefined) return;
          const problem = syntaxProblem({ text, code, offset, length }, open);
          syntax = { ...positionOf(text, offset), problem, isSyntax: true };
        },
        onArrayBegin: () => {
          open.push('[');
        },
        onArrayEnd: close,
        onObjectBegin: () => {
          open.push(new Map());
        },
        onObjectProperty: (key, offset) => {
          const keys = open.at(-1);
          if (keys === undefined || keys === '[') return;
          const first = keys.get(key);
          if (first === undefined) keys.set(key, offset);
          else duplicate ??= duplicateFault(text, key, [first, offset]);
        },
        onObjectEnd: close,
      },
      { disallowComments: true },
    );
  } catch (error) {
    // The parser recurses for every level.
    if (!(error instanceof RangeError)) throw error;
    const problem = 'arrays and objects are nested too deeply';
    return { line: 1, column: 1, problem, isSyntax: true };
  }
  return syntax ?? duplicate;
}

function positionOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

function duplicateFault(text: string, key: string, [first, again]: [number, number]): JsonFault {
  const { line, column } = positionOf(text, first);
  const problem = `${JSON.stringify(key.slice(0, 40))} stands twice in one object, first at ${line}:${column}`;
  return { ...positionOf(text, again), problem, isSyntax: false };
}

interface Unexpected {
  readonly text: string;
  readonly code: number;
  readonly offset: number;
  readonly length: number;
}

function syntaxProblem({ text, code, offset, length }: Unexpected, open: readonly Open[]): string {
  const inString = stringProblems[code];
  if (inString !== undefined) return inString;
  const isInObject = open.length > 0 && open.at(-1) !== '[';
  const isName = isInObject && /[{,]\s*$/.test(text.slice(0, offset));
  const wanted = isName ? 'a name in double quotes' : (expected[code] ?? 'a value');
  const closing = code === COMMA_EXPECTED ? ` or ${isInObject ? '}' : ']'}` : '';
  const token = text.slice(offset, offset + Math.min(Math.max(length, 1), 20));
  const found = text.slice(offset).trim() === '' ? 'the end' : JSON.stringify(token);
  return `${wanted}${closing} is expected, not ${found}`;
}

// `ParseErrorCode` is a `const enum`, which does not exist at run time.
const COMMA_EXPECTED = 6;

/** The expected token, by `ParseErrorCode`; a value where it is missing here. */
const expected: Readonly<Record<number, string>> = {
  3: 'a name in double quotes',
  5: 'a colon',
  [COMMA_EXPECTED]: 'a comma',
  7: 'a comma or }',
  8: 'a comma or ]',
  9: 'the end',
  10: 'JSON without comments',
  11: 'JSON without comments',
  13: 'a digit after the point or exponent',
};

/** Faults of strings, by `ParseErrorCode`. */
const stringProblems: Readonly<Record<number, string>> = {
  12: 'a string has no closing double quote on its line',
  14: String.raw`a string has a \u without four hexadecimal digits`,
  15: String.raw`a string has a backslash before something other than " \ / b f n r t u`,
  16: 'a string has a control character that is not escaped',
};
