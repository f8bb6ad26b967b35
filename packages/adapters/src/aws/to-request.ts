import { excerpt, UnacceptableRequestError } from '../failure.ts';
import {
  acceptedHost,
  acceptedMethod,
  isLoopback,
  mayHaveBody,
  safePath,
  safeQuery,
} from '../request-url.ts';
import { addEventFields, forwardedHost } from './event-fields.ts';
import { eventPath } from './event-path.ts';
import { eventQuery } from './event-query.ts';
import type { HttpEvent } from './shape.ts';
import { optionalFlag, optionalString } from './shape.ts';

/** The request that an HTTP event stands for. */
export function toRequest(http: HttpEvent, signal?: AbortSignal): Request {
  const method = acceptedMethod(http.method);
  const query = eventQuery(http);
  const origin = originOf(forwardedHost(http));
  const url = `${origin}${safePath(eventPath(http))}${query === '' ? '' : `?${safeQuery(query)}`}`;
  const init: RequestInit = { method };
  if (signal !== undefined) init.signal = signal;
  if (mayHaveBody(method)) {
    const body = eventBody(http);
    if (body !== undefined) init.body = body;
  }
  const request =
    method === 'GET' && signal === undefined ? new Request(url) : new Request(url, init);
  // Filling the request's own headers spares building them twice.
  addEventFields(request.headers, http);
  return request;
}

// An instance is called by one host nearly always.
let latest = { host: 'localhost', origin: 'http://localhost' };

/** AWS serves https only or ends it in front; whether a load balancer did, only a forgeable field says. */
function originOf(host: string): string {
  if (host !== latest.host) {
    latest = { host, origin: `${isLoopback(host) ? 'http' : 'https'}://${acceptedHost(host)}` };
  }
  return latest.origin;
}

/** The body's bytes, so that `Request` neither adds a content type nor touches what was sent. */
function eventBody({ event }: HttpEvent): Uint8Array<ArrayBuffer> | undefined {
  const body = optionalString(event, 'body');
  if (body === undefined || body === '') return undefined;
  if (!optionalFlag(event, 'isBase64Encoded')) return Buffer.from(body);
  const decoded = Buffer.from(body, 'base64');
  const padding = body.endsWith('==') ? 2 : body.endsWith('=') ? 1 : 0;
  const digits = body.length - padding;
  // Buffer leaves out what it cannot read.
  const isWhole = padding === 0 ? digits % 4 !== 1 : body.length % 4 === 0;
  if (isWhole && decoded.length === Math.floor((digits * 3) / 4)) return decoded;
  throw new UnacceptableRequestError(`The body is not base64: ${excerpt(body)}.`);
}
