import { excerpt, UnacceptableRequestError } from '../failure.ts';
import type { HttpEvent } from './shape.ts';
import { optionalFields, optionalString } from './shape.ts';

/** The query string without its `?`. */
export function eventQuery({ shape, event }: HttpEvent): string {
  if (shape === 'format-2') {
    const raw = optionalString(event, 'rawQueryString');
    if (raw !== undefined) return raw;
  }
  const multi = optionalFields(event, 'multiValueQueryStringParameters') ?? {};
  const single = optionalFields(event, 'queryStringParameters') ?? {};
  // API Gateway passes the parameters decoded, a load balancer as they were sent.
  const encode = shape === 'alb-single' || shape === 'alb-multi' ? asSent : encodeURIComponent;
  const pairs: string[] = [];
  // Several values of a name stand in one field, a single one in both.
  const rest = Object.entries(single).filter(([name]) => !Object.hasOwn(multi, name));
  for (const [name, value] of [...Object.entries(multi), ...rest]) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const each of values) pairs.push(`${encode(name)}=${encode(textOf(name, each))}`);
  }
  return pairs.join('&');
}

/** The value of a parameter; none where there is only its name. */
function textOf(name: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  throw new UnacceptableRequestError(
    `The query parameter ${excerpt(name)} must be a string, not ${excerpt(value)}.`,
  );
}

const asSent = (text: string): string => text.replaceAll(/[&#]/g, encodeURIComponent);
