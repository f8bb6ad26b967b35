import { excerpt, UnacceptableRequestError } from '../failure.ts';
import { addField } from '../request-fields.ts';
import type { Fields, HttpEvent } from './shape.ts';
import { optionalFields, optionalString } from './shape.ts';

/**
 * The host the client asked for: the gateway's own domain name where it says one, which no header
 * can forge; the `Host` header only where it agrees (it may add a port) or there is nothing else.
 */
export function forwardedHost({ event, context }: HttpEvent): string {
  const domainName = optionalString(context, 'domainName');
  const header = hostField(event);
  if (domainName === undefined || domainName === '') return header || 'localhost';
  return header !== undefined && header.startsWith(`${domainName}:`) ? header : domainName;
}

/** Adds every header field of an event once, with all of its values, and its cookies in one field. */
export function addEventFields(headers: Headers, http: HttpEvent): void {
  const { event } = http;
  const single = optionalFields(event, 'headers');
  if (http.shape === 'format-2') {
    const cookies = cookieLine(event['cookies']);
    if (cookies !== undefined) addField(headers, 'cookie', cookies);
    // A function URL repeats its cookies in the header
    // (https://github.com/aws/aws-lambda-rust-runtime, tests/data/lambda_function_url_request.json).
    if (single !== undefined) addSingle(headers, single, cookies === undefined ? none : cookieOnly);
    return;
  }
  const added = addMulti(headers, optionalFields(event, 'multiValueHeaders') ?? {});
  if (single !== undefined) addSingle(headers, single, added);
}

/** Adds fields with several values each; the names of those added, in lower case. */
function addMulti(headers: Headers, fields: Fields): ReadonlySet<string> {
  const added = new Set<string>();
  for (const [name, values] of Object.entries(fields)) {
    if (values === null || values === undefined) continue;
    if (!Array.isArray(values)) {
      throw new UnacceptableRequestError(
        `multiValueHeaders.${excerpt(name)} must be an array, not ${excerpt(values)}.`,
      );
    }
    added.add(name.toLowerCase());
    for (const value of values) addOne(headers, name, value);
  }
  return added;
}

function addSingle(headers: Headers, fields: Fields, leaveOut: ReadonlySet<string>): void {
  for (const name of Object.keys(fields)) {
    if (leaveOut.size === 0 || !leaveOut.has(name.toLowerCase()))
      addOne(headers, name, fields[name]);
  }
}

function addOne(headers: Headers, name: string, value: unknown): void {
  if (typeof value === 'string') addField(headers, name, value);
  else if (value !== null && value !== undefined) {
    throw new UnacceptableRequestError(
      `The header ${excerpt(name)} must be a string, not ${excerpt(value)}.`,
    );
  }
}

function cookieLine(cookies: unknown): string | undefined {
  if (cookies === undefined || cookies === null) return undefined;
  if (Array.isArray(cookies) && cookies.every((cookie) => typeof cookie === 'string')) {
    return cookies.length === 0 ? undefined : cookies.join('; ');
  }
  throw new UnacceptableRequestError(`cookies must be strings, not ${excerpt(cookies)}.`);
}

function hostField(event: Fields): string | undefined {
  const single = optionalFields(event, 'headers');
  const direct = single?.['host'];
  if (typeof direct === 'string') return direct;
  for (const fields of [single, optionalFields(event, 'multiValueHeaders')]) {
    if (fields === undefined) continue;
    const name = Object.keys(fields).find((key) => key.toLowerCase() === 'host');
    const value = name === undefined ? undefined : fields[name];
    const host: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof host === 'string') return host;
  }
  return undefined;
}

const none: ReadonlySet<string> = new Set();
const cookieOnly: ReadonlySet<string> = new Set(['cookie']);
