import type { AzureCookie } from './types.ts';

/** A `Set-Cookie` value as the model's cookie, and whether the host will write it with the same meaning. */
export interface ParsedCookie {
  /** `null` where the model has no form for it. */
  readonly cookie: AzureCookie | null;
  readonly isExact: boolean;
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// The forms that the library's stream mode lets through (npm cookie 0.7.2); it throws at any other.
const domainForm =
  /^\.?[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;
const pathForm = /^[\u0020-\u003a\u003d-\u007e]*$/;
const latestExpiry = Date.UTC(9999, 11, 31);

/** Parses one `Set-Cookie` value; attributes that the model cannot express make it inexact. */
export function parseSetCookie(line: string): ParsedCookie {
  const [pair = '', ...attributes] = line.split(';');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, Math.max(equals, 0)).trim();
  if (!token.test(name)) return { cookie: null, isExact: false };
  const raw = pair.slice(equals + 1).trim();
  const value = decoded(raw);
  // A cookie without a path has the request's directory as its path (RFC 6265 section 5.1.4), which
  // an empty one means too; left out, the host would add `path=/`.
  const cookie: AzureCookie = { name, value, path: '' };
  let isExact = escaped(value) === raw;
  for (const attribute of attributes) {
    if (!setAttribute(cookie, attribute)) isExact = false;
  }
  // Buffered mode loses an expiry at or before the epoch; Max-Age=0 deletes the cookie likewise.
  if (cookie.expires !== undefined && cookie.expires.getTime() <= 0) {
    delete cookie.expires;
    cookie.maxAge ??= 0;
  }
  return { cookie, isExact };
}

/** Sets one attribute; false where the host has no field that says the same. */
function setAttribute(cookie: AzureCookie, attribute: string): boolean {
  const equals = attribute.indexOf('=');
  const name = (equals < 0 ? attribute : attribute.slice(0, equals)).trim().toLowerCase();
  const value = equals < 0 ? '' : attribute.slice(equals + 1).trim();
  if (name === '') return true;
  const fields = readers.get(name)?.(value);
  if (fields === undefined) return false;
  Object.assign(cookie, fields);
  return true;
}

/** Reads the value of an attribute; undefined where the host could not take it. */
type AttributeReader = (value: string) => Partial<AzureCookie> | undefined;

const readers: ReadonlyMap<string, AttributeReader> = new Map<string, AttributeReader>([
  ['secure', () => ({ secure: true })],
  ['httponly', () => ({ httpOnly: true })],
  ['path', (path) => (pathForm.test(path) ? { path } : undefined)],
  ['domain', (domain) => (domainForm.test(domain) ? { domain } : undefined)],
  [
    'max-age',
    (value) => (/^-?\d{1,9}$/.test(value) ? { maxAge: Math.max(0, Number(value)) } : undefined),
  ],
  [
    'expires',
    (value) => {
      const time = Date.parse(value);
      return Number.isNaN(time) ? undefined : { expires: new Date(Math.min(time, latestExpiry)) };
    },
  ],
  [
    'samesite',
    (value) => {
      const sameSite = sameSites.get(value.toLowerCase());
      return sameSite && { sameSite };
    },
  ],
]);

const sameSites: ReadonlyMap<string, 'Strict' | 'Lax' | 'None'> = new Map([
  ['strict', 'Strict'],
  ['lax', 'Lax'],
  ['none', 'None'],
]);

/** The host escapes every value, so one that is escaped already has to be handed over unescaped. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** As `Uri.EscapeDataString` does: only letters, digits and `-_.~` stay. */
function escaped(value: string): string {
  return encodeURIComponent(value).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
