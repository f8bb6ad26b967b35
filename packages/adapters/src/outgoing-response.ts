import type { ServerResponse } from 'node:http';
import { atOnce } from './body-start.ts';
import { problem, report } from './failure.ts';
import { bodyReader, type BodyReader, discardBody, nextChunk } from './response-body.ts';
import { correctLength, responseFields } from './response-fields.ts';

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
    if (out.headersSent) out.destroy();
    else await send(problem(500), method, out, gone);
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
  const { joined, cookies } = responseFields(response);
  if (method === 'HEAD') {
    await discardBody(response);
    writeHead(response, joined, cookies, out);
    return finish(out, gone);
  }
  const reader = bodyReader(response);
  if (reader === null) {
    correctLength(joined, 0);
    writeHead(response, joined, cookies, out);
    return finish(out, gone);
  }
  const cancel = (): void => void reader.cancel().catch(() => undefined);
  gone.addEventListener('abort', cancel, { once: true });
  try {
    await sendBody(reader, response, joined, cookies, out, gone);
  } catch (error) {
    cancel();
    throw error;
  } finally {
    gone.removeEventListener('abort', cancel);
  }
}

async function sendBody(
  reader: BodyReader,
  response: Response,
  joined: Record<string, string>,
  cookies: readonly string[],
  out: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  const first = nextChunk(reader);
  let next = await atOnce(first);
  if (next === undefined) {
    writeHead(response, joined, cookies, out);
    out.flushHeaders();
    next = await first;
  } else if (next.done) {
    return sendWhole(new Uint8Array(0), response, joined, cookies, out, gone);
  } else {
    const second = nextChunk(reader);
    const after = await atOnce(second);
    if (after?.done === true) return sendWhole(next.value, response, joined, cookies, out, gone);
    writeHead(response, joined, cookies, out);
    await write(out, next.value, gone);
    next = await second;
  }
  for (; !next.done; next = await nextChunk(reader)) {
    if (gone.aborted) return;
    await write(out, next.value, gone);
  }
  return finish(out, gone);
}

/** A body that is here as a whole has a length that can be told. */
function sendWhole(
  body: Uint8Array,
  response: Response,
  joined: Record<string, string>,
  cookies: readonly string[],
  out: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  correctLength(joined, body.byteLength);
  if (response.status !== 204 && response.status !== 304) {
    joined['content-length'] ??= String(body.byteLength);
  }
  writeHead(response, joined, cookies, out);
  return finish(out, gone, body);
}

function writeHead(
  response: Response,
  joined: Record<string, string>,
  cookies: readonly string[],
  out: ServerResponse,
): void {
  // Express adds these on its own; the function's header set is the function's.
  out.removeHeader('x-powered-by');
  out.removeHeader('etag');
  // More or fewer bytes than Content-Length says would spoil the next answer on the connection.
  out.strictContentLength = true;
  for (const name of Object.keys(joined)) out.setHeader(name, joined[name] ?? '');
  if (cookies.length > 0) out.setHeader('set-cookie', cookies);
  out.statusCode = response.status;
}

function write(
  out: ServerResponse,
  bytes: Uint8Array,
  gone: AbortSignal,
): Promise<void> | undefined {
  if (out.write(bytes)) return undefined;
  return new Promise((resolve) => {
    const proceed = (): void => {
      out.off('drain', proceed);
      gone.removeEventListener('abort', proceed);
      resolve();
    };
    out.once('drain', proceed);
    gone.addEventListener('abort', proceed, { once: true });
    if (gone.aborted) proceed();
  });
}

function finish(out: ServerResponse, gone: AbortSignal, body?: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    gone.addEventListener('abort', () => resolve(), { once: true });
    out.end(body ?? '', () => resolve());
    if (gone.aborted) resolve();
  });
}
