import type { WireCookie, WireResponse } from '../messages.ts';
import { fieldOf, isRecord } from '../narrow.ts';

/** The answer of the programming model as the message to the host has it. */
export function toWireResponse(http: unknown): WireResponse | undefined {
  if (!isRecord(http)) return undefined;
  const headers: string[] = [];
  if (isRecord(http['headers'])) {
    for (const [name, value] of Object.entries(http['headers'])) headers.push(name, String(value));
  }
  const cookies = Array.isArray(http['cookies']) ? http['cookies'].map(toWireCookie) : [];
  const body = toBytes(http['body']);
  const base = {
    status: Number(http['statusCode'] ?? 200),
    headers,
    cookies,
    negotiates: http['enableContentNegotiation'] === true,
  };
  return body === undefined ? base : { ...base, body };
}

function toBytes(body: unknown): Uint8Array | undefined {
  const bytes = fieldOf(body, 'bytes');
  if (bytes instanceof Uint8Array) return bytes.byteLength === 0 ? undefined : bytes;
  const text = fieldOf(body, 'string') ?? fieldOf(body, 'json');
  return typeof text === 'string' && text !== '' ? Buffer.from(text) : undefined;
}

function toWireCookie(cookie: unknown): WireCookie {
  const expires = fieldOf(fieldOf(fieldOf(cookie, 'expires'), 'value'), 'seconds');
  const optional = {
    domain: stringOf(cookie, 'domain'),
    path: stringOf(cookie, 'path'),
    expiresSeconds: typeof expires === 'number' ? expires : undefined,
    maxAge: numberOf(cookie, 'maxAge'),
    secure: booleanOf(cookie, 'secure'),
    httpOnly: booleanOf(cookie, 'httpOnly'),
    sameSite: sameSiteOf(fieldOf(cookie, 'sameSite')),
  };
  return {
    name: textOf(fieldOf(cookie, 'name')),
    value: textOf(fieldOf(cookie, 'value')),
    ...withoutUndefined(optional),
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(fields: T): Defined<T> {
  const defined: Defined<T> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) Object.defineProperty(defined, name, { value, enumerable: true });
  }
  return defined;
}

function valueOf(cookie: unknown, name: string): unknown {
  return fieldOf(fieldOf(cookie, name), 'value');
}

function stringOf(cookie: unknown, name: string): string | undefined {
  const value = valueOf(cookie, name);
  return typeof value === 'string' ? value : undefined;
}

function numberOf(cookie: unknown, name: string): number | undefined {
  const value = valueOf(cookie, name);
  return typeof value === 'number' ? value : undefined;
}

function booleanOf(cookie: unknown, name: string): boolean | undefined {
  const value = valueOf(cookie, name);
  return typeof value === 'boolean' ? value : undefined;
}

/** In the worker's protocol `none` means "not given" and `explicitNone` means None. */
function sameSiteOf(value: unknown): WireCookie['sameSite'] {
  if (value === 'lax' || value === 'strict') return value;
  return value === 'explicitNone' ? 'none' : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
