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

/** How the app is set up that the function stands in. */
export interface AzureMode {
  /** As after `app.setup({ enableHttpStream: true })`; buffered unless said. */
  readonly httpStream?: boolean;
}

/**
 * Gives a function the library's own `HttpRequest` as the Functions host fills it, and turns what it returns into what
 * a client of the host sees. Route `{*path}`, route prefix empty.
 * Source: Azure/azure-functions-nodejs-library 4.16.5 `HttpRequest.ts`, `toRpcHttp.ts`, `httpProxy.ts`;
 * Azure/azure-functions-host `GrpcMessageConversionExtensions.cs`, `RawScriptResult.cs`.
 */
export function azureSend(azureFunction: AzureFunction, mode: AzureMode = {}): Send {
  return async (step) => {
    const answer = await (mode.httpStream ? stream : buffer)(azureFunction, step);
    return step.method === 'HEAD' ? { ...answer, body: new Uint8Array() } : answer;
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

async function buffer(azureFunction: AzureFunction, step: Step): Promise<Answer> {
  try {
    const response = toHttpResponse(await azureFunction(toHttpRequest(step), azureInvocation()));
    // The host makes an empty 204 of no result (`HttpBinding.SetResponse`).
    if (!response) return { status: 204, headers: [], body: new Uint8Array() };
    // The host sets the headers first and appends the cookies to them.
    const cookies = response.cookies.map((cookie): HeaderLine => [
      'Set-Cookie',
      aspNetCookie(cookie),
    ]);
    return await toAnswer(response, [...lastLines(response), ...cookies]);
  } catch {
    return bare500;
  }
}

/** A function that throws or returns nothing is never answered in this mode (library issue #324). */
async function stream(azureFunction: AzureFunction, step: Step): Promise<Answer> {
  const { query: _joined, ...request } = toInit(step);
  const context = azureInvocation();
  const response = toHttpResponse(await azureFunction(new HttpRequest(request), context));
  if (!response) throw new Error('The library never answers a function that returns nothing.');
  const lines = lastLines(response).filter(([name]) => !hopByHop.test(name));
  lines.push(['x-ms-invocation-id', context.invocationId]);
  if (response.cookies.length === 0) return toAnswer(response, lines);
  // Cookies replace a Set-Cookie header.
  const cookies = response.cookies.map((cookie): HeaderLine => [
    'Set-Cookie',
    streamedCookie(cookie),
  ]);
  return toAnswer(response, [...lines.filter(([name]) => name !== 'set-cookie'), ...cookies]);
}

const hopByHop =
  /^(connection|keep-alive|proxy-authenticate|proxy-authorization|te|trailers?|transfer-encoding|upgrade)$/i;

function toHttpResponse(init: unknown): HttpResponse | null {
  if (init === undefined || init === null) return null;
  if (typeof init !== 'object') throw new TypeError('The HTTP response must be an object.');
  return init instanceof HttpResponse ? init : new HttpResponse(init);
}

/** The library writes headers one by one under their names: of several Set-Cookie headers the last is left. */
function lastLines(response: HttpResponse): HeaderLine[] {
  return [...new Map(response.headers.entries())];
}

async function toAnswer(response: HttpResponse, headers: readonly HeaderLine[]): Promise<Answer> {
  return { status: response.status, headers, body: new Uint8Array(await response.arrayBuffer()) };
}

function toHttpRequest(step: Step): HttpRequest {
  return new HttpRequest(toInit(step));
}

function toInit({ method, target, headers, body }: Step) {
  const host = 'probe.azurewebsites.net';
  const [path, search] = split(target, '?');
  return {
    method,
    url: `https://${host}${target}`,
    headers: { host, ...joined(headers.map(([name, value]) => [name.toLowerCase(), value])) },
    query: joined(new URLSearchParams(search)),
    params: { path: decodeURIComponent(path).slice(1) },
    // The host reads a body only where the content length says that there is one.
    ...(body && body.byteLength > 0 && { body: { bytes: body } }),
  };
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
function aspNetCookie(cookie: Cookie): string {
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

/** As the package `cookie` serializes it, which the library does in stream mode: no default path. */
function streamedCookie(cookie: Cookie): string {
  const { name, value, domain, path, secure, httpOnly, sameSite, maxAge } = cookie;
  const expires = toMilliseconds(cookie.expires);
  return [
    `${name}=${encodeURIComponent(value)}`,
    ...(maxAge === undefined ? [] : [`Max-Age=${Math.trunc(maxAge)}`]),
    ...(domain === undefined ? [] : [`Domain=${domain}`]),
    ...(path === undefined ? [] : [`Path=${path}`]),
    ...(expires === undefined ? [] : [`Expires=${new Date(expires).toUTCString()}`]),
    ...(httpOnly ? ['HttpOnly'] : []),
    ...(secure ? ['Secure'] : []),
    ...(sameSite === undefined ? [] : [`SameSite=${sameSite}`]),
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
