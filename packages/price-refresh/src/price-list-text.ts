/** Whether each object of a document is written over several lines, by its place (`prices/0/usd`). */
type Layout = ReadonlyMap<string, boolean>;

const WIDTH = 100;

/**
 * Writes a document in the layout of the text it was read from, by the formatter's own rule: an object stays on several
 * lines where it was, and goes on one where it fits; what is new in a list is written like its first. What did not change is written as it was.
 */
export function rewrite(text: string, data: unknown): string {
  const layout = layoutOf(text);
  return `${printed(data, { place: '', indent: 0, room: WIDTH }, layout)}\n`;
}

interface Position {
  readonly place: string;
  readonly indent: number;
  /** What is left of the line. */
  readonly room: number;
}

function printed(value: unknown, { place, indent, room }: Position, layout: Layout): string {
  const line = onOneLine(value, place, layout);
  if (line !== null && line.length <= room) return line;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isArray = Array.isArray(value);
  const members = Object.entries(value);
  const inner = ' '.repeat(indent + 2);
  const lines = members.map(([key, member], index) => {
    const name = isArray ? '' : `${JSON.stringify(key)}: `;
    const comma = index === members.length - 1 ? '' : ',';
    const at = {
      place: below(place, key),
      indent: indent + 2,
      room: WIDTH - inner.length - name.length - comma.length,
    };
    return `${inner}${name}${printed(member, at, layout)}${comma}`;
  });
  const [open, close] = isArray ? '[]' : '{}';
  return `${open}\n${lines.join('\n')}\n${' '.repeat(indent)}${close}`;
}

/** A value on one line; `null` where it is never on one. */
function onOneLine(value: unknown, place: string, layout: Layout): string | null {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value);
  const isArray = Array.isArray(value);
  if (members.length === 0) return isArray ? '[]' : '{}';
  if (isArray ? isListOfRecords(value) : isBroken(layout, place)) return null;
  const parts: string[] = [];
  for (const [key, member] of members) {
    const part = onOneLine(member, below(place, key), layout);
    if (part === null) return null;
    parts.push(isArray ? part : `${JSON.stringify(key)}: ${part}`);
  }
  return isArray ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
}

function isBroken(layout: Layout, place: string): boolean {
  return layout.get(place) ?? layout.get(place.replace(/\/\d+(?=\/|$)/, '/0')) ?? false;
}

/** Several objects of several members each stand below one another. */
function isListOfRecords(value: readonly unknown[]): boolean {
  return (
    value.length > 1 &&
    value.every((each) => typeof each === 'object' && each !== null && Object.keys(each).length > 1)
  );
}

function below(place: string, key: string): string {
  return place === '' ? key : `${place}/${key}`;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** Reads which objects have a line break behind their brace. */
function layoutOf(text: string): Layout {
  const layout = new Map<string, boolean>();
  const open: { readonly place: string; readonly isArray: boolean; index: number; key: string }[] =
    [];
  let last = '';
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const level = open.at(-1);
    if (token === '{' || token === '[') {
      const key = level?.isArray === true ? String(level.index) : (level?.key ?? '');
      const place = level === undefined ? '' : below(level.place, key);
      open.push({ place, isArray: token === '[', index: 0, key: '' });
      if (token === '{') layout.set(place, /^[^\S\n]*\n/.test(text.slice(index + 1)));
    } else if (token === '}' || token === ']') open.pop();
    else if (token === ':' && level !== undefined) level.key = String(JSON.parse(last));
    else if (token === ',' && level !== undefined) level.index += 1;
    last = token;
  }
  return layout;
}
