import { getManyValues, isMany } from 'stream-chain/defs.js';
import { Assembler } from 'stream-json/core/assembler.js';
import { jsonParser, type Token } from 'stream-json/core/parser.js';
import { PriceInterfaceError } from './price-interface-error.ts';

/** One member of an object inside a document: `parent` is the keys that lead to the object, joined by `/`. */
export interface JsonMember {
  readonly parent: string;
  readonly key: string;
  readonly value: unknown;
}

/**
 * Members of a few objects of a JSON document of any size, as they arrive; nothing else of it is kept. A member that
 * leads to another of the objects is not given itself.
 *
 * @throws {PriceInterfaceError} where the document is no JSON, or is cut off.
 */
export async function* jsonMembers(
  chunks: AsyncIterable<Uint8Array>,
  parents: readonly string[],
): AsyncGenerator<JsonMember, void, undefined> {
  const decoder = new TextDecoder();
  const parse = jsonParser({ streamValues: false });
  const read = memberReader(parents);
  try {
    for await (const chunk of chunks) {
      const parsed = parse(decoder.decode(chunk, { stream: true }));
      if (isMany(parsed)) yield* read.take(getManyValues(parsed));
    }
  } catch (error) {
    if (error instanceof PriceInterfaceError || !isOfParser(error)) throw error;
    throw new PriceInterfaceError(`the document is no JSON: ${error.message}`, error);
  }
  if (!read.isComplete()) throw new PriceInterfaceError('the document is cut off');
}

function isOfParser(error: unknown): error is Error {
  return error instanceof Error && error.message.startsWith('Parser');
}

/** An open object or array; an array has no keys. */
interface Level {
  readonly path: string | null;
  key: string | null;
}

/** The place of the document itself. */
const root: Level = { path: null, key: null };

/** True for a token that begins a value. */
function isStart({ name }: Token): boolean {
  return name !== 'keyValue' && name !== 'endObject' && name !== 'endArray';
}

function memberReader(parents: readonly string[]) {
  const levels: Level[] = [];
  let value: Assembler | null = null;
  let isBegun = false;
  const pathTo = ({ path, key }: Level) =>
    path === null || key === null ? null : path === '' ? key : `${path}/${key}`;
  const leads = (path: string) =>
    parents.some((parent) => parent === path || parent.startsWith(`${path}/`));

  function* take(tokens: readonly Token[]): Generator<JsonMember, void, undefined> {
    for (const token of tokens) {
      const { path, key } = levels.at(-1) ?? root;
      value ??= isStart(token) && isMember(path, key) ? new Assembler() : null;
      if (value === null) track(token);
      else if (value.consume(token).done) {
        yield { parent: path ?? '', key: key ?? '', value: value.current };
        value = null;
      }
    }
  }

  /** True for a value that belongs to one of the parents and leads to none. */
  function isMember(path: string | null, key: string | null): boolean {
    if (path === null || key === null || !parents.includes(path)) return false;
    return !leads(pathTo({ path, key }) ?? '');
  }

  function track(token: Token): void {
    const level = levels.at(-1);
    if (token.name === 'keyValue') {
      if (level !== undefined) level.key = token.value;
    } else if (token.name === 'startObject') {
      isBegun = true;
      levels.push({ path: level === undefined ? '' : pathTo(level), key: null });
    } else if (token.name === 'startArray') levels.push({ path: null, key: null });
    else if (token.name === 'endObject' || token.name === 'endArray') levels.pop();
  }

  return { take, isComplete: () => isBegun && levels.length === 0 && value === null };
}
