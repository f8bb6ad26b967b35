import { join } from 'node:path';
import { fieldOf, isRecord } from '../narrow.ts';
import { readJsonFile } from './read-json-file.ts';
import { SettingsError } from './settings-error.ts';
import { parseTimeSpan } from '../time-span.ts';

/** The settings of `host.json` that apply to functions on Node. */
export interface HostJson {
  /** Trimmed of slashes; `api` unless set, `''` is allowed. */
  readonly routePrefix: string;
  /** Milliseconds; `undefined` is unbounded. */
  readonly functionTimeoutMs: number | undefined;
  /** Added to an answer that has no such header. */
  readonly customHeaders: ReadonlyMap<string, string>;
  /** -1 is unbounded. */
  readonly maxConcurrentRequests: number;
  /** -1 is unbounded. */
  readonly maxOutstandingRequests: number;
}

/** Without a setting a function may run half an hour locally (ScriptJobHostOptionsSetup.cs of Azure's host). */
const defaultTimeoutMs = 30 * 60_000;

/**
 * Reads `host.json`; a missing file means the defaults, and `AzureFunctionsJobHost__a__b` in the
 * settings overrides `a.b`. Throws `SettingsError` where Azure's host would not start.
 */
export function readHostJson(
  appDir: string,
  settings: Readonly<Record<string, string | undefined>>,
): HostJson {
  const path = join(appDir, 'host.json');
  const file = readJsonFile(path);
  if (file !== undefined && fieldOf(file, 'version') !== '2.0') {
    throw new SettingsError(
      `${path} must have "version": "2.0"; it has ${JSON.stringify(fieldOf(file, 'version')) ?? 'none'}.`,
    );
  }
  const values = new Map<string, string>();
  flatten(file ?? {}, '', values);
  for (const [name, value] of Object.entries(settings)) {
    const key = /^AzureFunctionsJobHost(?:__|:)(.+)$/i.exec(name)?.[1];
    if (key !== undefined && value !== undefined) values.set(toKey(key), value);
  }
  return {
    routePrefix: (values.get('extensions:http:routeprefix') ?? 'api').replace(/^\/+|\/+$/g, ''),
    functionTimeoutMs: toTimeout(values.get('functiontimeout'), path),
    customHeaders: toHeaders(values),
    maxConcurrentRequests: toCount(values, 'maxConcurrentRequests', path),
    maxOutstandingRequests: toCount(values, 'maxOutstandingRequests', path),
  };
}

/** .NET's configuration: one flat, case-insensitive map with `:` between levels. */
function flatten(value: unknown, prefix: string, values: Map<string, string>): void {
  if (isRecord(value)) {
    for (const [name, inner] of Object.entries(value)) {
      flatten(inner, prefix === '' ? name : `${prefix}:${name}`, values);
    }
    return;
  }
  if (typeof value === 'string') values.set(originalCase(prefix), value);
  else if (typeof value === 'number' || typeof value === 'boolean') {
    values.set(originalCase(prefix), String(value));
  }
}

/** Keys compare without case, but the names of custom headers are kept as written. */
function originalCase(key: string): string {
  const header = /^(extensions:http:customHeaders:)(.+)$/i.exec(key);
  return header === null ? key.toLowerCase() : `${header[1]?.toLowerCase()}${header[2]}`;
}

function toKey(name: string): string {
  return originalCase(name.replaceAll('__', ':'));
}

function toTimeout(text: string | undefined, path: string): number | undefined {
  if (text === undefined || text === '') return defaultTimeoutMs;
  if (text === '-1') return undefined;
  const value = parseTimeSpan(text);
  if (value !== undefined && value > 0) return value;
  throw new SettingsError(
    `functionTimeout in ${path} must be a time such as "00:05:00", or "-1" for none; it is "${text}".`,
  );
}

function toHeaders(values: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const prefix = 'extensions:http:customheaders:';
  const headers = new Map<string, string>();
  for (const [key, value] of values) {
    if (key.startsWith(prefix)) headers.set(key.slice(prefix.length), value);
  }
  return headers;
}

function toCount(values: ReadonlyMap<string, string>, name: string, path: string): number {
  const text = values.get(`extensions:http:${name.toLowerCase()}`);
  if (text === undefined) return -1;
  const count = Number(text);
  if (Number.isSafeInteger(count) && (count === -1 || count > 0)) return count;
  throw new SettingsError(
    `extensions.http.${name} in ${path} must be a whole number from 1, or -1 for no limit; it is "${text}".`,
  );
}
