import type { WireCookie } from '../messages.ts';

/**
 * A `set-cookie` value as ASP.NET Core writes it: lower-case attributes in a fixed order, the value
 * escaped as by `Uri.EscapeDataString`, `path=/` where the function gave none
 * (https://github.com/dotnet/aspnetcore/blob/main/src/Http/Headers/src/SetCookieHeaderValue.cs).
 */
export function formatCookie(cookie: WireCookie): string {
  const parts = [`${cookie.name}=${escapeDataString(cookie.value)}`];
  if (cookie.expiresSeconds !== undefined) {
    parts.push(`expires=${new Date(cookie.expiresSeconds * 1000).toUTCString()}`);
  }
  if (cookie.maxAge !== undefined) parts.push(`max-age=${Math.trunc(cookie.maxAge)}`);
  if (cookie.domain !== undefined && cookie.domain !== '') parts.push(`domain=${cookie.domain}`);
  parts.push(`path=${cookie.path === undefined || cookie.path === '' ? '/' : cookie.path}`);
  if (cookie.secure === true) parts.push('secure');
  if (cookie.sameSite !== undefined) parts.push(`samesite=${cookie.sameSite}`);
  if (cookie.httpOnly === true) parts.push('httponly');
  return parts.join('; ');
}

/** `Uri.EscapeDataString` leaves only the unreserved characters of RFC 3986. */
function escapeDataString(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD')).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
