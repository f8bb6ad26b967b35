import { Readable } from 'node:stream';

const empty = new Uint8Array(0);

/** What reads a body chunk by chunk. */
export type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

/** What reading a chunk of a body comes to. */
export type Chunk = Awaited<ReturnType<BodyReader['read']>>;

/**
 * A reader of the body, `null` where there is none. Throws where somebody else reads or has read it.
 */
export function bodyReader(response: Response): BodyReader | null {
  const { body } = response;
  if (body === null || body === undefined) return null;
  // `bodyUsed` says the same and takes twice as long.
  if (streams.isDisturbed(body)) {
    throw new TypeError('The handler must return an unread Response, not one that has been read.');
  }
  if ('getReader' in body) return body.getReader();
  // Other implementations of Response (node-fetch 2 and 3) have a Node stream here.
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(new Uint8Array(await response.arrayBuffer()));
      controller.close();
    },
  }).getReader();
}

// The types have it take Node's streams only; it is made for web streams as well
// (https://nodejs.org/docs/latest-v20.x/api/stream.html#streamreadableisdisturbedstream).
const streams: { isDisturbed(stream: object): boolean } = Readable;

/**
 * The whole body, `undefined` where the method is HEAD and nobody will read it. Read chunk by chunk
 * because `arrayBuffer()` takes twice as long for a small one.
 */
export async function readBody(
  response: Response,
  method: string,
): Promise<Uint8Array | undefined> {
  const reader = bodyReader(response);
  if (method === 'HEAD') return letGo(reader);
  if (reader === null) return empty;
  try {
    const first = await reader.read();
    if (first.done) return empty;
    const chunk = asBytes(first.value);
    let next = await reader.read();
    if (next.done) return chunk;
    const chunks = [chunk];
    while (!next.done) {
      chunks.push(asBytes(next.value));
      next = await reader.read();
    }
    return Buffer.concat(chunks);
  } catch (error) {
    void letGo(reader);
    throw error;
  }
}

/** Lets go of a body that nobody will read, so that what produces it can stop. */
export function discardBody(response: Response): Promise<undefined> {
  return letGo(bodyReader(response));
}

async function letGo(reader: BodyReader | null): Promise<undefined> {
  try {
    await reader?.cancel();
  } catch {
    // A body that has failed has nothing left to let go of.
  }
}

/** The next chunk of a body that is sent chunk by chunk. */
export async function nextChunk(reader: BodyReader): Promise<Chunk> {
  const next = await reader.read();
  if (!next.done) asBytes(next.value);
  return next;
}

/** A stream of a `Response` may only carry bytes; `arrayBuffer()` refuses anything else likewise. */
function asBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new TypeError(`A response body must consist of Uint8Array chunks, not ${typeof chunk}.`);
}
