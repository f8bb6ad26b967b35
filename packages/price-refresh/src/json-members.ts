import { PriceInterfaceError } from './price-interface-error.ts';

/** One member of an object inside a document: `parent` is the keys that lead to the object, joined by `/`. */
export interface JsonMember {
  readonly parent: string;
  readonly key: string;
  /** The value as it is written. */
  readonly text: string;
}

const QUOTE = 34;
const BACKSLASH = 92;

/**
 * The members of a few objects of a JSON document of any size, as they arrive; nothing else of it is kept. A member that
 * leads to another of the objects is not given itself. Throws `PriceInterfaceError` where the document is cut off.
 */
export async function* jsonMembers(
  chunks: AsyncIterable<Uint8Array>,
  parents: readonly string[],
): AsyncGenerator<JsonMember, void, undefined> {
  const decoder = new TextDecoder();
  const splitter = new Splitter(new Set(parents));
  for await (const chunk of chunks) yield* splitter.take(decoder.decode(chunk, { stream: true }));
  yield* splitter.take(decoder.decode());
  splitter.end();
}

/** One level of nesting: an array has no keys, and counts as a nameless object. */
interface Level {
  readonly path: string;
  readonly isWatched: boolean;
  readonly isArray: boolean;
  key: string | null;
}

/** Reads characters once, in order, across the borders of chunks. */
class Splitter {
  readonly #parents: ReadonlySet<string>;
  readonly #levels: Level[] = [];
  #string: string | null = null;
  #isEscaped = false;
  #lastString = '';
  /** The value being kept, and the depth at which it stands. */
  #kept: { readonly parent: string; readonly key: string; readonly depth: number } | null = null;
  #text = '';
  #isBegun = false;

  constructor(parents: ReadonlySet<string>) {
    this.#parents = parents;
  }

  *take(text: string): Generator<JsonMember, void, undefined> {
    // What is kept of this chunk begins here.
    let from = this.#kept === null ? -1 : 0;
    for (let at = 0; at < text.length; at += 1) {
      if (this.#string !== null) {
        at = this.#throughString(text, at);
        continue;
      }
      const character = text[at] ?? '';
      switch (character) {
        case '"':
          this.#string = '';
          break;
        case ':': {
          const level = this.#levels.at(-1);
          if (level === undefined || level.isArray) throw malformed(character);
          level.key = this.#lastString;
          if (this.#kept === null && level.isWatched && !this.#leads(level)) {
            this.#kept = { parent: level.path, key: level.key, depth: this.#levels.length };
            this.#text = '';
            from = at + 1;
          }
          break;
        }
        case '{':
        case '[':
          this.#isBegun = true;
          this.#levels.push(this.#deeper(character === '['));
          break;
        case ',':
        case '}':
        case ']': {
          if (this.#kept !== null && this.#kept.depth === this.#levels.length) {
            const { parent, key } = this.#kept;
            yield { parent, key, text: this.#text + text.slice(from, at) };
            this.#kept = null;
            from = -1;
          }
          if (character === ',') {
            const level = this.#levels.at(-1);
            if (level !== undefined) level.key = null;
          } else if (this.#levels.pop() === undefined) throw malformed(character);
          break;
        }
        default:
      }
    }
    if (this.#kept !== null) this.#text += text.slice(from);
  }

  end(): void {
    if (this.#isBegun && this.#levels.length === 0 && this.#string === null) return;
    throw new PriceInterfaceError('the document is cut off');
  }

  /** Goes to the end of a string, or of the text; a string that may be a key is kept. */
  #throughString(text: string, from: number): number {
    let at = from;
    for (; at < text.length; at += 1) {
      if (this.#isEscaped) this.#isEscaped = false;
      else {
        const code = text.charCodeAt(at);
        if (code === BACKSLASH) this.#isEscaped = true;
        else if (code === QUOTE) break;
      }
    }
    this.#string += text.slice(from, at);
    if (at < text.length) {
      this.#lastString = this.#string ?? '';
      this.#string = null;
    }
    return at;
  }

  #deeper(isArray: boolean): Level {
    const above = this.#levels.at(-1);
    if (above === undefined)
      return { path: '', isWatched: this.#parents.has(''), isArray, key: null };
    // Below what is kept, and in arrays, nothing is watched: such a path is none of the parents'.
    if (this.#kept !== null || above.key === null) {
      return { path: '[]', isWatched: false, isArray, key: null };
    }
    const path = above.path === '' ? above.key : `${above.path}/${above.key}`;
    return { path, isWatched: !isArray && this.#parents.has(path), isArray, key: null };
  }

  #leads({ path, key }: Level): boolean {
    const here = path === '' ? (key ?? '') : `${path}/${key}`;
    for (const parent of this.#parents) {
      if (parent === here || parent.startsWith(`${here}/`)) return true;
    }
    return false;
  }
}

function malformed(character: string): PriceInterfaceError {
  return new PriceInterfaceError(`the document is no JSON: ${character} where none can be`);
}
