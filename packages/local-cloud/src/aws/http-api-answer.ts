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
  if (head === undefined) return undefined;
  const body = result['body'] ?? '';
  if (typeof body !== 'string') return undefined;
  const toldLength = body === '' ? lengthIn(result['headers']) : undefined;
  return {
    ...head,
    body: Buffer.from(body, result['isBase64Encoded'] === true ? 'base64' : 'utf8'),
    ...(toldLength !== undefined && { toldLength }),
  };
}

function lengthIn(headers: unknown): number | undefined {
  if (!isObject(headers)) return undefined;
  const [, told] =
    Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-length') ?? [];
  const text = toText(told);
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Status and header lines of a result or of a stream's prelude; undefined when they are none. */
export function toHead(
  result: Readonly<Record<string, unknown>>,
): Pick<HttpAnswer, 'status' | 'headers'> | undefined {
  const status = Number(result['statusCode'] ?? 200);
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined;
  const headers: [string, string][] = [];
  const given = result['headers'] ?? {};
  if (!isObject(given)) return undefined;
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || ownHeaders.has(name.toLowerCase())) continue;
    headers.push([name, toText(value)]);
  }
  const cookies = result['cookies'] ?? [];
  if (!Array.isArray(cookies)) return undefined;
  for (const cookie of cookies) headers.push(['set-cookie', toText(cookie)]);
  const isSound = headers.every(([name, value]) => isToken(name) && isFieldValue(value));
  return isSound ? { status, headers } : undefined;
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

/** Whether a value is a plain record that can be read by key. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
