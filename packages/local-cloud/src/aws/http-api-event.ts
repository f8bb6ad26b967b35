import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

/** Values of the event that are not in the request. */
export interface EventContext {
  readonly requestId: string;
  readonly traceId: string;
  readonly now: Date;
  readonly port: number;
}

/**
 * The API Gateway HTTP API event, payload format 2.0, of a request to the `$default` route and stage.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toHttpApiEvent(
  request: IncomingMessage,
  body: Buffer,
  context: EventContext,
): Readonly<Record<string, unknown>> {
  const [target = '/', ...rest] = (request.url ?? '/').split('?');
  const rawPath = toPath(target);
  const rawQueryString = rest.join('?');
  const { headers, cookies } = toHeaders(request, context);
  const isBase64Encoded = body.length > 0 && isBinary(headers['content-type'], body);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(rawQueryString === '' ? {} : { queryStringParameters: toQuery(rawQueryString) }),
    requestContext: toRequestContext(request, headers, rawPath, context),
    ...(body.length === 0 ? {} : { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
}

function toRequestContext(
  request: IncomingMessage,
  headers: Readonly<Record<string, string>>,
  path: string,
  context: EventContext,
): object {
  const domainName = headers['host'] ?? `127.0.0.1:${context.port}`;
  return {
    accountId: '000000000000',
    apiId: 'local',
    domainName,
    domainPrefix: domainName.split('.')[0] ?? domainName,
    http: {
      method: request.method ?? 'GET',
      path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      userAgent: headers['user-agent'] ?? '',
    },
    requestId: context.requestId,
    routeKey: '$default',
    stage: '$default',
    time: toClfTime(context.now),
    timeEpoch: context.now.getTime(),
  };
}

/** An absolute-form target (`GET http://host/path`) names the path behind its authority. */
function toPath(target: string): string {
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/[^/]*(?<path>\/.*)?$/i.exec(target);
  return absolute === null ? target : (absolute.groups?.['path'] ?? '/');
}

function toHeaders(
  request: IncomingMessage,
  context: EventContext,
): { headers: Record<string, string>; cookies: string[] } {
  const headers = new Map<string, string>();
  const cookies: string[] = [];
  const raw = request.rawHeaders;
  for (let at = 0; at < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase();
    const value = raw[at + 1] ?? '';
    if (name === 'cookie') {
      cookies.push(...value.split(';').flatMap((part) => part.trim() || []));
      continue;
    }
    if (hopByHop.has(name)) continue;
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  const client = request.socket.remoteAddress ?? '127.0.0.1';
  const forwardedFor = headers.get('x-forwarded-for');
  headers.set(
    'x-forwarded-for',
    forwardedFor === undefined ? client : `${forwardedFor}, ${client}`,
  );
  headers.set('x-forwarded-port', String(context.port));
  headers.set('x-forwarded-proto', 'http');
  headers.set('x-amzn-trace-id', context.traceId);
  return { headers: Object.fromEntries(headers), cookies };
}

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);

/** Decoded, the values of one name joined by commas, as the gateway does. */
function toQuery(rawQueryString: string): Record<string, string> {
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const earlier = query.get(name);
    query.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return Object.fromEntries(query);
}

/**
 * Text is `text/*` and three `application/` types, everything else is base64, a form and a body without a
 * content type included: measured on AWS in https://github.com/ministackorg/ministack/pull/766 (2026-06-01).
 * Bytes that are no UTF-8 are base64 here in any case; as text they could only arrive broken.
 */
function isBinary(contentType: string | undefined, body: Buffer): boolean {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  const isText = type.startsWith('text/') || textTypes.has(type);
  return !isText || !isUtf8(body);
}

const textTypes = new Set(['application/json', 'application/xml', 'application/javascript']);

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Such as `22/Nov/2026:18:30:54 +0000`. */
function toClfTime(date: Date): string {
  const day = `${two(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${day}:${time} +0000`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
