import type { IncomingMessage } from 'node:http';

/** The key that a request carries: the header wins over `code` in the query. */
export function keyOf(request: IncomingMessage, query: string): string | undefined {
  const header = request.headers['x-functions-key'];
  if (typeof header === 'string' && header !== '') return header;
  return new URLSearchParams(query).get('code') ?? undefined;
}
