import type { ServerResponse } from 'node:http';
import { atOnce } from './body-start.ts';
import { drained } from './drained.ts';
import { problem, report } from './failure.ts';
import { bodyReader, type BodyReader, discardBody, nextChunk } from './response-body.ts';
import { correctLength, type ResponseFields, responseFields } from './response-fields.ts';

/** An answer on its way: what is said of it, where it goes, and whether anybody still waits for it. */
interface Outgoing extends ResponseFields {
  readonly status: number;
  readonly out: ServerResponse;
  readonly gone: AbortSignal;
}

/** Sends a response, streaming what does not come at once; never rejects. */
export async function sendResponse(
  response: Response,
  method: string,
  out: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  try {
    if (gone.aborted) await discardBody(response);
    else await send(response, method, out, gone);
  } catch (error) {
    if (gone.aborted) return;
    report(error);
    // Once the head is out only a broken connection tells the client that the rest is missing.
    if (out.headersSent) {
      out.destroy();
      return;
    }
    for (const name of out.getHeaderNames()) out.removeHeader(name);
    await send(problem(500), method, out, gone);
  }
}

/** A signal that aborts when the client leaves before it has its answer. */
export function departure(out: ServerResponse): AbortSignal {
  const controller = new AbortController();
  out.once('close', () => {
    if (!out.writableFinished) controller.abort();
  });
  // Without a listener a write to a broken connection would end the process.
  out.on('error', () => controller.abort());
  return controller.signal;
}

async function send(
  response: Response,
  method: string,
  out: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  const outgoing = { status: response.status, ...responseFields(response), out, gone };
  if (method === 'HEAD') {
    await discardBody(response);
    writeHead(outgoing);
    return finish(out, gone);
  }
  const reader = bodyReader(response);
  if (reader === null) {
    correctLength(outgoing.joined, 0);
    writeHead(outgoing);
    return finish(out, gone);
  }
  const cancel = (): void => void reader.cancel().catch(() => undefined);
  gone.addEventListener('abort', cancel, { once: true });
  try {
    await sendBody(reader, outgoing);
  } catch (error) {
    cancel();
    throw error;
  } finally {
    gone.removeEventListener('abort', cancel);
  }
}

async function sendBody(reader: BodyReader, outgoing: Outgoing): Promise<void> {
  const { out, gone } = outgoing;
  const first = nextChunk(reader);
  let next = await atOnce(first);
  if (next === undefined) {
    writeHead(outgoing);
    out.flushHeaders();
    next = await first;
  } else if (next.done) {
    return sendWhole(new Uint8Array(0), outgoing);
  } else {
    const second = nextChunk(reader);
    const after = await atOnce(second);
    if (after?.done === true) return sendWhole(next.value, outgoing);
    // Node compares from the second write on only.
    if (next.value.byteLength > Number(outgoing.joined['content-length'])) {
      throw new TypeError('The response body is longer than its Content-Length.');
    }
    writeHead(outgoing);
    if (!out.write(next.value)) await drained(out, gone);
    next = await second;
  }
  for (; !next.done; next = await nextChunk(reader)) {
    if (gone.aborted) return;
    if (!out.write(next.value)) await drained(out, gone);
  }
  return finish(out, gone);
}

/** A body that is here as a whole has a length that can be told. */
function sendWhole(body: Uint8Array, outgoing: Outgoing): Promise<void> {
  const { status, joined, out, gone } = outgoing;
  correctLength(joined, body.byteLength);
  if (status !== 204 && status !== 304) joined['content-length'] ??= String(body.byteLength);
  writeHead(outgoing);
  return finish(out, gone, body);
}

function writeHead({ status, joined, cookies, out }: Outgoing): void {
  // Express adds these on its own; the function's header set is the function's.
  out.removeHeader('x-powered-by');
  out.removeHeader('etag');
  // More or fewer bytes than Content-Length says would spoil the next answer on the connection.
  out.strictContentLength = true;
  for (const name of Object.keys(joined)) out.setHeader(name, joined[name] ?? '');
  if (cookies.length > 0) out.setHeader('set-cookie', cookies);
  out.statusCode = status;
}

function finish(out: ServerResponse, gone: AbortSignal, body?: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    gone.addEventListener('abort', () => resolve(), { once: true });
    out.end(body ?? '', () => resolve());
    if (gone.aborted) resolve();
  });
}
