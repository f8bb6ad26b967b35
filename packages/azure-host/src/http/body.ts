import type { IncomingMessage } from 'node:http';

/** A request's body, or the reason that there is none to pass on. */
export type ReadBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'aborted' };

/**
 * Reads the body as Azure's host does in buffered mode: only what a `Content-Length` announces. A chunked
 * body is not passed on there
 * (https://github.com/Azure/azure-functions-nodejs-library/issues/171).
 */
export function readBody(request: IncomingMessage): ReadBody | Promise<ReadBody> {
  if (request.headers['transfer-encoding'] !== undefined) {
    request.resume();
    return { kind: 'chunked' };
  }
  const length = Number(request.headers['content-length'] ?? 0);
  if (length === 0) return { kind: 'none' };
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [first] = chunks;
      const bytes = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
      resolve({ kind: 'bytes', bytes });
    });
    request.on('error', () => resolve({ kind: 'aborted' }));
    request.on('close', () => resolve({ kind: 'aborted' }));
  });
}
