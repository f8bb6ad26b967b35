/** Where a text stops being JSON, counted from 1, and what is wrong there. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

const token =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w)))/y;

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or ]' | ', or }' | 'end';

/**
 * The first fault of a text that `JSON.parse` refused. The engine's own message names a position
 * in some versions of Node and in others none.
 */
export function findJsonFault(text: string): JsonFault {
  const open: ('[' | '{')[] = [];
  let expected: Expected = 'value';
  let offset = 0;
  const afterValue = (): Expected => {
    const innermost = open.at(-1);
    if (innermost === undefined) return 'end';
    return innermost === '[' ? ', or ]' : ', or }';
  };
  for (;;) {
    token.lastIndex = offset;
    const found = token.exec(text);
    const [whole = '', mark, string, literal] = found ?? [];
    const next = step(expected, mark, string ?? literal, string !== undefined);
    if (next === undefined) return faultAt(text, offset, expected);
    if (next === 'open') open.push(mark === '[' ? '[' : '{');
    if (next === 'close') open.pop();
    if (next === 'open') expected = mark === '[' ? 'value or ]' : 'name or }';
    else expected = next === 'close' || next === 'done' ? afterValue() : next;
    offset += whole.length;
  }
}

/** What may follow, or `undefined` where the token is not one that may stand here. */
function step(
  expected: Expected,
  mark: string | undefined,
  value: string | undefined,
  isString: boolean,
): Expected | 'open' | 'close' | 'done' | undefined {
  switch (expected) {
    case 'value':
    case 'value or ]':
      if (mark === '[' || mark === '{') return 'open';
      if (mark === ']' && expected === 'value or ]') return 'close';
      return value === undefined ? undefined : 'done';
    case 'name':
    case 'name or }':
      if (mark === '}' && expected === 'name or }') return 'close';
      return isString ? ':' : undefined;
    case ':':
      return mark === ':' ? 'value' : undefined;
    case ', or ]':
      if (mark === ']') return 'close';
      return mark === ',' ? 'value' : undefined;
    case ', or }':
      if (mark === '}') return 'close';
      return mark === ',' ? 'name' : undefined;
    default:
      return undefined;
  }
}

const wanted: Readonly<Record<Expected, string>> = {
  value: 'a value is expected',
  'value or ]': 'a value or ] is expected',
  name: 'a name in double quotes is expected',
  'name or }': 'a name in double quotes or } is expected',
  ':': 'a colon is expected',
  ', or ]': 'a comma or ] is expected',
  ', or }': 'a comma or } is expected',
  end: 'nothing may follow the value',
};

function faultAt(text: string, after: number, expected: Expected): JsonFault {
  const offset = after + (/^[ \t\r\n]*/.exec(text.slice(after))?.[0].length ?? 0);
  const lines = text.slice(0, offset).split('\n');
  const rest = text.slice(offset);
  // A token that looks right but is not, such as 'single quotes', 01, or "a line break within".
  const found =
    rest === '' ? 'the end' : (/^(?:[\w.+-]+|.)/u.exec(rest)?.[0].slice(0, 20) ?? 'a line break');
  const problem =
    rest.startsWith('"') && !expected.includes('end') && !expected.startsWith(',')
      ? 'a string that does not end, or that escapes what cannot be escaped'
      : `${wanted[expected]}, not ${rest === '' ? found : JSON.stringify(found)}`;
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, problem };
}
