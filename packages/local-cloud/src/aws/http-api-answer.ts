import { isObject } from '../is-object.ts';
import type { HttpAnswer } from '../own-answer.ts';

/**
 * The HTTP answer of a function's result in payload format 2.0; a result without `statusCode` is the body
 * itself, as JSON. Undefined when the gateway cannot understand it.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toHttpAnswer(json: string): HttpAnswer | undefined {
  const result = parse(json);
  if (result === undefined) return undefined;
  if (!isObject(result) || result['statusCode'] === undefined) {
    return {
      status: 200,
      headers: [['content-type', 'application/json']],
      body: Buffer.from(typeof result === 'string' ? result : json),
    };
  }
  const head = toHead(result);
  const body = result['body'] ?? '';
  if (head === undefined || typeof body !== 'string') return undefined;
  return {
    ...head,
    body: Buffer.from(body, result['isBase64Encoded'] === true ? 'base64' : 'utf8'),
    declaredLength: body === '' ? lengthIn(result['headers']) : undefined,
  };
}

function lengthIn(headers: unknown): number | undefined {
  if (!isObject(headers)) return undefined;
  const [, length] =
    Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-length') ?? [];
  const text = toText(length);
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Status and header lines of a result or of a stream's prelude; undefined when they are none. */
export function toHead(
  result: Readonly<Record<string, unknown>>,
): Pick<HttpAnswer, 'status' | 'headers'> | undefined {
  const { statusCode, headers: given, cookies } = result;
  const status = Number(statusCode ?? 200);
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined;
  const headers = toHeaderLines(given ?? {}, cookies ?? []);
  return headers === undefined ? undefined : { status, headers };
}

function toHeaderLines(
  given: unknown,
  cookies: unknown,
): readonly (readonly [string, string])[] | undefined {
  if (!isObject(given) || !Array.isArray(cookies)) return undefined;
  const lines = Object.entries(given)
    .filter(([name, value]) => isGiven(value) && !ownHeaders.has(name.toLowerCase()))
    .map(([name, value]) => [name, toText(value)] as const);
  const all = [...lines, ...cookies.map((cookie) => ['set-cookie', toText(cookie)] as const)];
  return all.every(([name, value]) => isToken(name) && isFieldValue(value)) ? all : undefined;
}

function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined;
}

/** The connection's own: the gateway sets them and lets no function do so. */
const ownHeaders = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function parse(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return value;
  } catch {
    return undefined;
  }
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function isToken(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name);
}

function isFieldValue(value: string): boolean {
  return !/[^\t\x20-\x7e\x80-\xff]/.test(value);
}
