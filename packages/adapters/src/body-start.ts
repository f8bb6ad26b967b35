import { bodyReader, type BodyReader, type Chunk, nextChunk } from './response-body.ts';

/** A body of which the first chunk is under way. */
export interface StartedBody {
  readonly reader: BodyReader;
  readonly first: Promise<Chunk>;
}

/**
 * Begins to read a body that is to be streamed, `null` where there is none. Rejects when it fails at
 * once, while another answer can still be given.
 */
export async function startBody(response: Response): Promise<StartedBody | null> {
  const reader = bodyReader(response);
  if (reader === null) return null;
  const first = nextChunk(reader);
  try {
    await atOnce(first);
  } catch (error) {
    reader.cancel().catch(() => undefined);
    throw error;
  }
  return { reader, first };
}

/** What a promise comes to before the event loop goes round, `undefined` if it takes longer. */
export async function atOnce(chunk: Promise<Chunk>): Promise<Chunk | undefined> {
  let immediate: NodeJS.Immediate | undefined;
  const later = new Promise<undefined>((resolve) => {
    immediate = setImmediate(resolve, undefined);
  });
  try {
    return await Promise.race([chunk, later]);
  } finally {
    clearImmediate(immediate);
  }
}
