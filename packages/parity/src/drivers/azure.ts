import {
  HttpRequest,
  HttpResponse,
  InvocationContext,
  type Cookie,
  type HttpResponseInit,
} from '@azure/functions';
import { randomUUID } from 'node:crypto';
import type { Answer, HeaderLine, Send, Step } from '../contract.ts';

/** A function of the Azure Functions v4 model, as `app.http` takes it. */
export type AzureFunction = (
  request: HttpRequest,
  context: InvocationContext,
) =>
  | HttpResponseInit
  | HttpResponse
  | undefined
  | null
  | Promise<HttpResponseInit | HttpResponse | undefined | null>;

/**
 * Gives a function the library's own `HttpRequest` as the Functions host fills it in buffered mode, and turns what it
 * returns into what a client of the host sees. Route `{*path}`, route prefix empty.
 * Source: Azure/azure-functions-nodejs-library 4.16.5 `HttpRequest.ts`, `toRpcHttp.ts`; Azure/azure-functions-host
 * `GrpcMessageConversionExtensions.cs`, `RawScriptResult.cs`.
 */
export function azureSend(azureFunction: AzureFunction): Send {
  return async (step) => {
    const result = await call(azureFunction, step).catch(() => bare500);
    return step.method === 'HEAD' ? { ...result, body: new Uint8Array() } : result;
  };
}

/** An invocation context as the library makes it, with a fresh id; what is logged is dropped. */
export function azureInvocation(): InvocationContext {
  return new InvocationContext({
    functionName: 'tricloud',
    invocationId: randomUUID(),
    logHandler: () => undefined,
  });
}

/** The host tells nothing of a failed invocation (`ExceptionMiddleware.cs`). */
const bare500: Answer = { status: 500, headers: [['Content-Length', '0']], body: new Uint8Array() };

async function call(azureFunction: AzureFunction, step: Step): Promise<Answer> {
  const init: unknown = await azureFunction(toHttpRequest(step), azureInvocation());
  // The host makes an empty 204 of no result (`HttpBinding.SetResponse`).
  if (init === undefined || init === null)
    return { status: 204, headers: [], body: new Uint8Array() };
  if (typeof init !== 'object') return bare500;
  const response = init instanceof HttpResponse ? init : new HttpResponse(init);
  // The library writes headers into a map, so that of several Set-Cookie headers only the last is left; the host sets
  // the headers first and appends the cookies to them.
  const headers: HeaderLine[] = [...new Map(response.headers.entries())];
  headers.push(
    ...response.cookies.map((cookie): HeaderLine => ['Set-Cookie', formatCookie(cookie)]),
  );
  return { status: response.status, headers, body: new Uint8Array(await response.arrayBuffer()) };
}

function toHttpRequest({ method, target, headers, body }: Step): HttpRequest {
  const host = 'probe.azurewebsites.net';
  const [path, search] = split(target, '?');
  return new HttpRequest({
    method,
    url: `https://${host}${target}`,
    headers: { host, ...joined(headers.map(([name, value]) => [name.toLowerCase(), value])) },
    query: joined(new URLSearchParams(search)),
    params: { path: decodeURIComponent(path).slice(1) },
    // The host reads a body only where the content length says that there is one.
    ...(body && body.byteLength > 0 && { body: { bytes: body } }),
  });
}

/** The host joins the values of one name with a bare comma; names of query keys and headers are the same in any case. */
function joined(pairs: Iterable<readonly [string, string]>): Record<string, string> {
  const values = new Map<string, [name: string, value: string]>();
  for (const [name, value] of pairs) {
    const known = values.get(name.toLowerCase());
    values.set(name.toLowerCase(), known ? [known[0], `${known[1]},${value}`] : [name, value]);
  }
  return Object.fromEntries(values.values());
}

/** As ASP.NET Core's `ResponseCookies.Append` writes what `toRpcHttpCookie` leaves of a cookie. */
function formatCookie(cookie: Cookie): string {
  const { name, value, domain, path = '/', secure, httpOnly, sameSite, maxAge } = cookie;
  const expires = toMilliseconds(cookie.expires);
  return [
    `${escapeData(name)}=${escapeData(value)}`,
    // A time of 0 counts as none (`toRpcNullable.ts`).
    ...(expires ? [`expires=${new Date(expires).toUTCString()}`] : []),
    ...(maxAge === undefined ? [] : [`max-age=${Math.trunc(maxAge)}`]),
    ...(domain === undefined ? [] : [`domain=${domain}`]),
    `path=${path}`,
    ...(secure ? ['secure'] : []),
    ...(sameSite === undefined ? [] : [`samesite=${sameSite.toLowerCase()}`]),
    ...(httpOnly ? ['httponly'] : []),
  ].join('; ');
}

function toMilliseconds(expires: Cookie['expires']): number | undefined {
  return typeof expires === 'number' ? expires : expires?.getTime();
}

/** .NET's `Uri.EscapeDataString`: all but letters, digits and `-._~`. */
function escapeData(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function split(text: string, at: string): readonly [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}
