import { addField } from '../request-fields.ts';
import { acceptedMethod, mayHaveBody, safeTarget } from '../request-url.ts';
import type { AzureHttpRequest, AzureOptions } from './types.ts';

/** The request that the v4 model's request stands for, its path without the route prefix. */
export function toRequest(source: AzureHttpRequest, options: AzureOptions): Request {
  const method = acceptedMethod(source.method);
  const init: RequestInit = { method };
  const { body } = source;
  if (mayHaveBody(method) && body instanceof ReadableStream) {
    init.body = body;
    init.duplex = 'half';
  }
  const request = new Request(
    withoutPrefix(safeTarget(source.url), options.routePrefix ?? ''),
    init,
  );
  source.headers.forEach((value, name) => addField(request.headers, name, value));
  return request;
}

function withoutPrefix(url: string, routePrefix: string): string {
  const prefix = routePrefix.split('/').filter((part) => part !== '');
  if (prefix.length === 0) return url;
  const parsed = new URL(url);
  const base = `/${prefix.join('/')}`.toLowerCase();
  // Azure matches routes without regard to case.
  const path = parsed.pathname.toLowerCase();
  if (path !== base && !path.startsWith(`${base}/`)) return url;
  const rest = parsed.pathname.slice(base.length);
  return `${parsed.protocol}//${parsed.host}${rest === '' ? '/' : rest}${parsed.search}`;
}
