import { excerpt, UnacceptableRequestError } from '../failure.ts';
import type { Shape } from './types.ts';

/** A JSON object whose fields are yet to be looked at. */
export type Fields = Readonly<Record<string, unknown>>;

/** An event that is an HTTP request, and the form it came in. */
export interface HttpEvent {
  readonly shape: Shape;
  readonly event: Fields;
  readonly context: Fields;
  readonly method: string;
}

const none: Fields = {};

/** Tells an HTTP event by its fields; anything else, such as an S3 notification, is refused. */
export function httpEvent(event: unknown): HttpEvent {
  if (!isFields(event)) {
    throw new UnacceptableRequestError(`An HTTP event is an object, not ${excerpt(event)}.`);
  }
  const context = isFields(event['requestContext']) ? event['requestContext'] : none;
  const http = context['http'];
  if (isFields(http) && typeof http['method'] === 'string') {
    return { shape: 'format-2', event, context, method: http['method'] };
  }
  const method = event['httpMethod'];
  if (typeof method === 'string')
    return { shape: firstFormatShape(event, context), event, context, method };
  // Events written by hand leave the request context out.
  if (typeof event['rawPath'] === 'string' && http === undefined && method === undefined) {
    return { shape: 'format-2', event, context, method: 'GET' };
  }
  throw new UnacceptableRequestError(
    `An HTTP event has requestContext.http.method or httpMethod; this one has ${excerpt(Object.keys(event))}.`,
  );
}

/** The shape of an event of the first format, which load balancers share. */
function firstFormatShape(event: Fields, context: Fields): Shape {
  if (!('elb' in context)) return 'format-1';
  return isFields(event['multiValueHeaders']) ? 'alb-multi' : 'alb-single';
}

/** The form in which to refuse an event that cannot be read. */
export function shapeOf(event: unknown): Shape {
  try {
    return httpEvent(event).shape;
  } catch {
    return 'format-2';
  }
}

/** Whether a value is an object other than an array. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field that is a string or, as `null` or absent, nothing. */
export function optionalString(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new UnacceptableRequestError(`${name} must be a string, not ${excerpt(value)}.`);
}

/** A field that is `true` or, as `false`, `null` or absent, not. */
export function optionalFlag(fields: Fields, name: string): boolean {
  const value = fields[name];
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  throw new UnacceptableRequestError(`${name} must be true or false, not ${excerpt(value)}.`);
}

/** A field that is an object or, as `null` or absent, nothing. */
export function optionalFields(fields: Fields, name: string): Fields | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (isFields(value)) return value;
  throw new UnacceptableRequestError(`${name} must be an object, not ${excerpt(value)}.`);
}
