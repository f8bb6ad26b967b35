import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { WireResponse } from '../messages.ts';
import { formatCookie } from './cookie.ts';

/** Belong to one connection and are not a function's to set (RFC 9110, 7.6.1). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** True for a header that belongs to one connection only. */
export function isHopByHop(name: string): boolean {
  return hopByHop.has(name.toLowerCase());
}

/** Set aside, because `writeHead` with a list loses duplicates once `setHeader` was used. */
const promised = new WeakMap<ServerResponse, readonly string[]>();

/** Makes the answer, whatever it will be, carry these headers (name, value, name, value). */
export function promiseHeaders(response: ServerResponse, headers: readonly string[]): void {
  if (headers.length > 0) promised.set(response, headers);
}

/** Answers with a status alone. */
export function answerEmpty(
  response: ServerResponse,
  status: number,
  headers: readonly string[] = [],
): void {
  if (response.headersSent || response.destroyed) return;
  // A 204 has no length (RFC 9110, 8.6).
  const length = status === 204 ? [] : ['Content-Length', '0'];
  // An answer that could not be written may have left its words.
  response.statusMessage = STATUS_CODES[status] ?? '';
  response.writeHead(status, complete(response, [...length, ...headers], []));
  response.end();
}

/** Answers with a short text of the host's own. */
export function answerText(
  response: ServerResponse,
  status: number,
  contentType: string,
  text: string,
): void {
  if (response.headersSent || response.destroyed) return;
  const bytes = Buffer.from(text);
  const headers = ['Content-Type', contentType, 'Content-Length', String(bytes.length)];
  response.writeHead(status, complete(response, headers, []));
  response.end(bytes);
}

/**
 * Writes the answer of a function; the number of bytes of its body, or `undefined` if it holds what
 * cannot be sent. As Kestrel does, a body goes chunked unless it is empty or the function gave its length.
 */
export function answerFunction(
  response: ServerResponse,
  answer: WireResponse,
  extra: readonly string[],
): number | undefined {
  const isBodiless = bodiless.has(answer.status);
  const bytes = answer.body?.byteLength ?? 0;
  const headers = headersOf(answer, bytes, response.req.method === 'HEAD');
  if (bytes === 0 && !isBodiless && !includesName(headers, 'content-length')) {
    headers.push('Content-Length', '0');
  }
  for (const cookie of answer.cookies) headers.push('Set-Cookie', formatCookie(cookie));
  try {
    response.writeHead(answer.status, complete(response, headers, extra));
  } catch {
    return undefined;
  }
  response.end(isBodiless ? undefined : answer.body);
  return isBodiless ? 0 : bytes;
}

/** Statuses that have no body. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/** A length that is not the body's is dropped, but HEAD may have the length that GET would have. */
function headersOf(answer: WireResponse, bytes: number, isHead: boolean): string[] {
  const headers: string[] = [];
  for (let index = 0; index < answer.headers.length; index += 2) {
    const name = answer.headers[index] ?? '';
    const value = answer.headers[index + 1] ?? '';
    const isWrong = name === 'content-length' && Number(value) !== bytes && !isHead;
    if (!hopByHop.has(name) && !isWrong) headers.push(name, value);
  }
  return headers;
}

/** Adds the host's own headers where there are none of that name. */
export function complete(
  response: ServerResponse,
  headers: string[],
  extra: readonly string[],
): string[] {
  if (!includesName(headers, 'server')) headers.push('Server', 'Kestrel');
  addTo(headers, promised.get(response));
  addTo(headers, extra);
  return headers;
}

function addTo(headers: string[], list: readonly string[] = []): void {
  for (let index = 0; index < list.length; index += 2) {
    const name = list[index] ?? '';
    if (!includesName(headers, name.toLowerCase())) headers.push(name, list[index + 1] ?? '');
  }
}

function includesName(headers: readonly string[], lowerCase: string): boolean {
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    if (name.length === lowerCase.length && name.toLowerCase() === lowerCase) return true;
  }
  return false;
}
