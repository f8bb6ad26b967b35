import type { ProviderId } from '@tricloud/core';
import type { Env } from './deploy-context.ts';
import { CredentialsError } from './errors.ts';

/** True for the names and addresses of this machine, RFC 6761 and RFC 1122. */
export function isLoopback({ hostname }: Pick<URL, 'hostname'>): boolean {
  return /^(?:(?:.+\.)?localhost|\[::1\]|127(?:\.\d{1,3}){3})$/.test(hostname);
}

/** True where credentials may be sent to a URL: over https, or to this machine. */
export function isSafeForCredentials(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/**
 * Reads a variable that sets the URL of an API; null where it is not set.
 *
 * @throws {CredentialsError} for a URL that would send credentials unencrypted. A secret in it is not shown.
 */
export function readEndpoint(cloud: ProviderId, env: Env, variable: string): URL | null {
  const value = env[variable]?.trim() ?? '';
  if (value === '') return null;
  const problem = problemOf(value);
  if (problem === null) return new URL(value);
  const right = 'it takes an https URL, or http on this machine, such as http://127.0.0.1:8080/';
  throw new CredentialsError(cloud, `${variable} ${problem}; ${right}`, {
    hint: `unset ${variable}`,
  });
}

function problemOf(value: string): string | null {
  if (!URL.canParse(value)) return 'is not a URL';
  const url = new URL(value);
  if (!['https:', 'http:'].includes(url.protocol)) return 'is not an http or https URL';
  if (url.username !== '' || url.password !== '') return 'holds a user or a password';
  if (url.search !== '' || url.hash !== '') return 'holds a query or a fragment';
  if (isSafeForCredentials(url)) return null;
  return `is ${url.protocol}//${url.host}, which would send credentials unencrypted`;
}
