import { Agent, request, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Answer, HeaderLine, Step } from './contract.ts';

/** Sends steps to one base URL over connections of its own, which `close` ends. */
export interface HttpSend {
  (step: Step): Promise<Answer>;
  /** Ends every connection that is still open. */
  close(): void;
}

/**
 * Sends each step as it is to `baseUrl`: the target byte by byte, the header lines in their order and case, duplicates
 * included. Only `Host`, `Content-Length` and `Connection` are added where the step leaves them out. No redirect is
 * followed and nothing is decompressed. Rejects when no whole answer arrives within `timeoutMs` (60 s unless told).
 */
export function httpSend(baseUrl: string, options: { readonly timeoutMs?: number } = {}): HttpSend {
  const base = new URL(baseUrl);
  const isSecure = base.protocol === 'https:';
  const agent = isSecure ? new SecureAgent() : new Agent();
  const prefix = base.pathname.replace(/\/$/, '');
  const timeoutMs = options.timeoutMs ?? 60_000;

  const send = (step: Step): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const outgoing = (isSecure ? secureRequest : request)({
        agent,
        host: base.hostname.replace(/^\[|\]$/g, ''),
        ...(base.port !== '' && { port: base.port }),
        method: step.method,
        path: prefix + step.target,
        headers: wireHeaders(step, base.host),
      });
      const timer = setTimeout(() => {
        outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`));
      }, timeoutMs);
      let answer: Promise<Answer> | undefined;
      outgoing.on('response', (incoming) => {
        answer = readAnswer(incoming);
        answer.then(resolve, reject).finally(() => {
          clearTimeout(timer);
          // An answer that came before the whole body was sent leaves the rest of it behind.
          outgoing.destroy();
        });
      });
      outgoing.on('error', (cause) => {
        if (answer) return;
        clearTimeout(timer);
        reject(new Error(`${step.method} ${base.origin} ${describe(cause)}`, { cause }));
      });
      void writeBody(outgoing, step.body ?? new Uint8Array(), () => answer !== undefined);
    });

  return Object.assign(send, { close: () => agent.destroy() });
}

/** Node sends an array of names and values as it stands, and adds nothing to it. */
function wireHeaders(step: Step, host: string): string[] {
  const names = new Set(step.headers.map(([name]) => name.toLowerCase()));
  const lines: HeaderLine[] = names.has('host') ? [] : [['Host', host]];
  lines.push(...step.headers);
  if (step.body && !names.has('content-length') && !names.has('transfer-encoding')) {
    lines.push(['Content-Length', String(step.body.byteLength)]);
  }
  if (!names.has('connection')) lines.push(['Connection', 'close']);
  return lines.flat();
}

/** In pieces, so that an early answer to a body that is too large is seen before the connection is gone. */
async function writeBody(
  outgoing: ReturnType<typeof request>,
  body: Uint8Array,
  isAnswered: () => boolean,
): Promise<void> {
  const piece = 262_144;
  for (let start = 0; start < body.byteLength; start += piece) {
    if (isAnswered() || outgoing.destroyed) return;
    await new Promise<void>((resolve) => {
      // A failed write is told by the request's own "error".
      outgoing.write(body.subarray(start, start + piece), () => resolve());
    });
  }
  outgoing.end();
}

function readAnswer(incoming: IncomingMessage): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('error', (cause) => {
      reject(
        new Error(`the answer broke off after ${size(chunks)} bytes: ${describe(cause)}`, {
          cause,
        }),
      );
    });
    incoming.on('end', () => {
      const headers: HeaderLine[] = [];
      for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
        headers.push([incoming.rawHeaders[at] ?? '', incoming.rawHeaders[at + 1] ?? '']);
      }
      resolve({
        status: incoming.statusCode ?? 0,
        headers,
        body: new Uint8Array(Buffer.concat(chunks)),
      });
    });
  });
}

function size(chunks: readonly Buffer[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
}

function describe(error: Error): string {
  return 'code' in error && typeof error.code === 'string' && !error.message.includes(error.code)
    ? `${error.code} ${error.message}`
    : error.message;
}
