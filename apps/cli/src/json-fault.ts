import { getLocation, type Node, type ParseError, parseTree } from 'jsonc-parser';

/** The first fault of a JSON text, and its position, counted from 1. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly problem: string;
  /** False for a duplicate key in a valid text. */
  readonly isSyntax: boolean;
}

/** The first syntax error of a text, else the first duplicate key of an object. */
export function findJsonFault(text: string): JsonFault | undefined {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, { disallowComments: true });
    const [first] = errors;
    if (first === undefined) return root === undefined ? undefined : duplicateIn(root, text);
    const problem = syntaxProblem(text, first);
    return { ...positionOf(text, first.offset), problem, isSyntax: true };
  } catch (error) {
    // The parser recurses for every level.
    if (!(error instanceof RangeError)) throw error;
    const problem = 'arrays and objects are nested too deeply';
    return { line: 1, column: 1, problem, isSyntax: true };
  }
}

function positionOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** Keys are compared in the order of the text. */
function duplicateIn({ type, children = [] }: Node, text: string): JsonFault | undefined {
  const offsets = new Map<unknown, number>();
  for (const child of children) {
    const [key] = child.children ?? [];
    if (type === 'object' && key !== undefined) {
      const first = offsets.get(key.value);
      if (first !== undefined) return duplicateFault(text, key, first);
      offsets.set(key.value, key.offset);
    }
    const fault = duplicateIn(child, text);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function duplicateFault(text: string, { value, offset }: Node, first: number): JsonFault {
  const { line, column } = positionOf(text, first);
  const name = JSON.stringify(String(value).slice(0, 40));
  const problem = `duplicate key ${name}, first at ${line}:${column}`;
  return { ...positionOf(text, offset), problem, isSyntax: false };
}

function syntaxProblem(text: string, { error, offset, length }: ParseError): string {
  const code: number = error;
  const inString = stringProblems[code];
  if (inString !== undefined) return inString;
  const { path, isAtPropertyKey } = getLocation(text, offset);
  const isName = isAtPropertyKey && code !== COLON_EXPECTED;
  const wanted = isName ? 'a name in double quotes' : (expected[code] ?? 'a value');
  const closing = typeof path.at(-1) === 'number' ? ' or ]' : ' or }';
  const token = text.slice(offset, offset + Math.min(Math.max(length, 1), 20));
  const found = text.slice(offset).trim() === '' ? 'the end' : JSON.stringify(token);
  return `${wanted}${code === COMMA_EXPECTED ? closing : ''} is expected, not ${found}`;
}

// `ParseErrorCode` is a `const enum`, which does not exist at run time.
const COLON_EXPECTED = 5;
const COMMA_EXPECTED = 6;

/** The expected token, by `ParseErrorCode`; a value where it is missing here. */
const expected: Readonly<Record<number, string>> = {
  3: 'a name in double quotes',
  [COLON_EXPECTED]: 'a colon',
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
