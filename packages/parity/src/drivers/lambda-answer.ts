import type { Answer, HeaderLine } from '../contract.ts';
import type { LambdaShape } from './lambda-event.ts';

/**
 * What the client of a front door sees of a function's result. What that front door does not read is not looked at:
 * `multiValueHeaders` under payload 2.0, `cookies` under 1.0, the other form of headers behind a load balancer.
 */
export function lambdaAnswer(result: unknown, shape: LambdaShape, method: string): Answer {
  const answer = read(result, shape);
  const isBodiless = method === 'HEAD' || answer.status === 204 || answer.status === 304;
  return isBodiless ? { ...answer, body: new Uint8Array() } : answer;
}

/** What a front door answers when the invocation failed or its result has the wrong form. */
export function lambdaFailure(shape: LambdaShape): Answer {
  const status = shape === 'http-api-2.0' || shape === 'http-api-1.0' ? 500 : 502;
  return plain(status, 'application/json', '{"message":"Internal Server Error"}');
}

function read(result: unknown, shape: LambdaShape): Answer {
  if (!isObject(result) || !('statusCode' in result)) return unstructured(result, shape);
  const status = Number(result['statusCode']);
  const headers = headerLines(result, shape);
  const body = bodyOf(result);
  if (!Number.isInteger(status) || status < 100 || status > 599) return lambdaFailure(shape);
  return headers === null || body === null ? lambdaFailure(shape) : { status, headers, body };
}

/** Payload 2.0 takes anything else for the body of a 200; the others refuse it. */
function unstructured(result: unknown, shape: LambdaShape): Answer {
  if (!isPayload2(shape)) return lambdaFailure(shape);
  const text = typeof result === 'string' ? result : (JSON.stringify(result) ?? 'null');
  return plain(200, 'application/json', text);
}

function isPayload2(shape: LambdaShape): boolean {
  return shape === 'http-api-2.0' || shape === 'function-url';
}

function bodyOf({ body = null, isBase64Encoded }: Readonly<Record<string, unknown>>) {
  if (body !== null && typeof body !== 'string') return null;
  return new Uint8Array(Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'));
}

function headerLines(
  result: Readonly<Record<string, unknown>>,
  shape: LambdaShape,
): readonly HeaderLine[] | null {
  const single = linesOf(result['headers']);
  const multiple = linesOf(result['multiValueHeaders']);
  if (!single || !multiple) return null;
  if (shape === 'alb') return single;
  if (shape === 'alb-multi-value') return multiple;
  if (isPayload2(shape)) {
    const cookies = linesOf({ 'set-cookie': result['cookies'] ?? [] });
    return cookies && [...single, ...cookies];
  }
  // The pair that stands in both is sent once.
  const known = new Set(multiple.map(key));
  const lines = [...multiple, ...single.filter((line) => !known.has(key(line)))];
  return shape === 'rest' ? lines.map(remapped) : lines;
}

/** The header lines of an object of single values or of arrays; `null` where a value is neither. */
function linesOf(headers: unknown): readonly HeaderLine[] | null {
  if (headers === undefined || headers === null) return [];
  if (!isObject(headers)) return null;
  const lines: HeaderLine[] = [];
  for (const [name, values] of Object.entries(headers)) {
    for (const value of Array.isArray(values) ? values : [values]) {
      if (typeof value === 'object' || value === undefined) return null;
      lines.push([name, String(value)]);
    }
  }
  return lines;
}

function key([name, value]: HeaderLine): string {
  return `${name.toLowerCase()}: ${value}`;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
function remapped([name, value]: HeaderLine): HeaderLine {
  return /^(connection|content-length|content-md5|date|server|www-authenticate)$/i.test(name)
    ? [`x-amzn-remapped-${name.toLowerCase()}`, value]
    : [name, value];
}

function plain(status: number, type: string, text: string): Answer {
  return { status, headers: [['content-type', type]], body: new TextEncoder().encode(text) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
