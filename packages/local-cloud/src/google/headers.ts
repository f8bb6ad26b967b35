import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
  'expect',
]);

/** Google's front overwrites these, whatever the client sent. */
const overwritten = new Set(['function-execution-id', 'x-forwarded-proto', 'x-forwarded-for']);

/** The header lines of a request as the instance gets them: in order, with what Google's front adds. */
export function toInstanceHeaders(request: IncomingMessage, executionId: string): string[] {
  const headers: string[] = [];
  const forwardedFor: string[] = [];
  let hasTrace = false;
  for (const [name, value] of lines(request.rawHeaders)) {
    const lower = name.toLowerCase();
    if (lower === 'x-forwarded-for') forwardedFor.push(value);
    if (hopByHop.has(lower) || overwritten.has(lower)) continue;
    hasTrace ||= lower === 'x-cloud-trace-context';
    headers.push(name, value);
  }
  // HTTP/1.0 asks for no Host; the instance, asked by 1.1, does.
  if (request.headers.host === undefined) {
    headers.push('Host', `127.0.0.1:${request.socket.localPort}`);
  }
  forwardedFor.push(request.socket.remoteAddress ?? '127.0.0.1');
  headers.push('X-Forwarded-For', forwardedFor.join(','));
  headers.push('X-Forwarded-Proto', 'http', 'Function-Execution-Id', executionId);
  // Told to close, the framework may close before Node's last, empty write, which then fails the request.
  headers.push('Connection', 'keep-alive');
  if (!hasTrace) {
    const span = BigInt(`0x${randomBytes(8).toString('hex')}`);
    headers.push('X-Cloud-Trace-Context', `${randomBytes(16).toString('hex')}/${span}`);
  }
  return headers;
}

/** The header lines of an answer as the client gets them: in order, less what belongs to the connection. */
export function toClientHeaders(raw: readonly string[], executionId: string): string[] {
  const headers: string[] = [];
  for (const [name, value] of lines(raw)) {
    const lower = name.toLowerCase();
    if (hopByHop.has(lower) || lower === 'transfer-encoding') continue;
    headers.push(name, value);
  }
  return [...headers, 'Function-Execution-Id', executionId];
}

function* lines(raw: readonly string[]): Generator<readonly [string, string]> {
  for (let at = 0; at < raw.length; at += 2) yield [raw[at] ?? '', raw[at + 1] ?? ''];
}
