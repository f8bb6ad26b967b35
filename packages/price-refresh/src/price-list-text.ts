import { isDeepStrictEqual } from 'node:util';
import { isFields } from '@tricloud/core/parts';
import { applyEdits, type JSONPath, modify, parse } from 'jsonc-parser';
import { format } from 'oxfmt';

const formattingOptions = { insertSpaces: true, tabSize: 2 };

/** Changes a document where its data changed, and formats what is new as the repository is formatted. */
export async function rewrite(text: string, data: unknown): Promise<string> {
  const edited = changes(parse(text), data, []).reduce(
    (rest, { path, value }) => applyEdits(rest, modify(rest, path, value, { formattingOptions })),
    text,
  );
  const { code } = await format('list.json', edited, { printWidth: 100 });
  return code;
}

interface Change {
  readonly path: JSONPath;
  /** Undefined removes what is there. */
  readonly value: unknown;
}

/** The smallest values that differ; those that go from an array come last first, so that the places of others stay. */
function changes(from: unknown, to: unknown, path: JSONPath): readonly Change[] {
  if (isDeepStrictEqual(from, to)) return [];
  if (Array.isArray(from) && Array.isArray(to)) {
    const gone = from.slice(to.length).map((_, index) => from.length - 1 - index);
    return [
      ...to.flatMap((value, index) => changes(from[index], value, [...path, index])),
      ...gone.map((index) => ({ path: [...path, index], value: undefined })),
    ];
  }
  if (!isFields(from) || !isFields(to)) return [{ path, value: to }];
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...keys].flatMap((key) => changes(from[key], to[key], [...path, key]));
}
