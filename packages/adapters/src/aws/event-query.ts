import { excerpt, UnacceptableRequestError } from '../failure.ts';
import type { HttpEvent } from './shape.ts';
import { optionalFields, optionalString } from './shape.ts';

/** The query string without its `?`. */
export function eventQuery({ shape, event }: HttpEvent): string {
  if (shape === 'format-2') {
    const raw = optionalString(event, 'rawQueryString');
    if (raw !== undefined) return raw;
  }
  const multi = optionalFields(event, 'multiValueQueryStringParameters');
  const single = optionalFields(event, 'queryStringParameters');
  if (multi === undefined && single === undefined) return '';
  // API Gateway hands the parameters over decoded, a load balancer as they were sent.
  const encode = shape === 'alb-single' || shape === 'alb-multi' ? asSent : encodeURIComponent;
  const pairs: string[] = [];
  const add = (name: string, value: unknown): void => {
    if (value !== null && value !== undefined && typeof value !== 'string') {
      throw new UnacceptableRequestError(
        `The query parameter ${excerpt(name)} must be a string, not ${excerpt(value)}.`,
      );
    }
    pairs.push(`${encode(name)}=${encode(value ?? '')}`);
  };
  for (const name of Object.keys(multi ?? {})) {
    const values = multi?.[name];
    if (Array.isArray(values)) for (const value of values) add(name, value);
    else add(name, values);
  }
  for (const name of Object.keys(single ?? {})) {
    if (multi === undefined || !Object.hasOwn(multi, name)) add(name, single?.[name]);
  }
  return pairs.join('&');
}

const asSent = (text: string): string => text.replaceAll(/[&#]/g, encodeURIComponent);
