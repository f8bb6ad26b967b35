import type { IncomingMessage } from 'node:http';
import { excerpt, UnacceptableRequestError } from './failure.ts';
import { addField } from './request-fields.ts';
import { acceptedHost, acceptedMethod, mayHaveBody, safeTarget } from './request-url.ts';

/** What of a request Node's own message does not say, or says otherwise than it came. */
export interface Incoming {
  /** The request target as it came, still encoded. */
  readonly target: string;
  readonly scheme: 'http' | 'https';
  /** Bytes that somebody has read already; `undefined` where the message is still unread. */
  readonly body?: Uint8Array<ArrayBuffer> | undefined;
  /** Whether a field no longer describes the body, and is left out. */
  readonly isStale?: (name: string) => boolean;
  readonly signal: AbortSignal;
}

/** The request that a Node HTTP message stands for. */
export function incomingRequest(message: IncomingMessage, incoming: Incoming): Request {
  const method = acceptedMethod(message.method ?? 'GET');
  const body = mayHaveBody(method) ? bodyOf(message, incoming) : {};
  const request = new Request(urlOf(message, incoming), {
    method,
    signal: incoming.signal,
    ...body,
  });
  const { rawHeaders } = message;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    // HTTP/2 has its pseudo fields among the others.
    if (name.startsWith(':') || incoming.isStale?.(name.toLowerCase())) continue;
    addField(request.headers, name, rawHeaders[index + 1] ?? '');
  }
  return request;
}

/** The body as it was read already, or else as a stream. */
function bodyOf(message: IncomingMessage, { body }: Incoming): RequestInit {
  if (body !== undefined) return body.byteLength > 0 ? { body } : {};
  return hasUnreadBody(message) ? { body: bodyStream(message), duplex: 'half' } : {};
}

/** Reads on past what the handler left of a body, which stands in the way of the next request. */
export function discardRest(message: IncomingMessage): void {
  // A message that somebody waits to read does not flow.
  message.removeAllListeners('readable');
  message.resume();
}

/** By concatenation: `new URL('//other', base)` would answer for another host. */
function urlOf(message: IncomingMessage, { target, scheme }: Incoming): string {
  // RFC 9112 section 3.2.2: a server must accept the absolute form, and its host is the one that counts.
  if (/^https?:\/\//i.test(target)) return new URL(safeTarget(target)).href;
  const authority = message.headers.host ?? message.headers[':authority'];
  const host = acceptedHost(
    typeof authority === 'string' && authority !== '' ? authority : 'localhost',
  );
  if (target.startsWith('/')) return `${scheme}://${host}${safeTarget(target)}`;
  if (target === '*') return `${scheme}://${host}/`;
  throw new UnacceptableRequestError(`${excerpt(target)} is no request target.`);
}

function hasUnreadBody(message: IncomingMessage): boolean {
  if (message.readableEnded || message.destroyed) return false;
  if (message.httpVersionMajor >= 2) return true;
  if (message.headers['transfer-encoding'] !== undefined) return true;
  return Number(message.headers['content-length'] ?? 0) > 0;
}

/**
 * The body, read as the handler asks for it. Not `Readable.toWeb`: cancelling that one destroys the
 * message and with it the socket on which the answer is still to go out.
 */
function bodyStream(message: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<unknown> = message.iterator({ destroyOnReturn: false });
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await chunks.next();
        if (next.done === true) controller.close();
        else if (next.value instanceof Uint8Array) controller.enqueue(new Uint8Array(next.value));
      },
      async cancel() {
        await chunks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
