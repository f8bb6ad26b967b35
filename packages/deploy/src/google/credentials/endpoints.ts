import { DeployError } from '../../engine/errors.ts';

/** The APIs that are called, by gcloud's names for them. */
const apis = [
  'cloudfunctions',
  'run',
  'iam',
  'iamcredentials',
  'secretmanager',
  'logging',
  'serviceusage',
  'cloudbuild',
  'cloudresourcemanager',
] as const;

export type Api = (typeof apis)[number];

/** Where an API is reached. */
export interface Endpoint {
  readonly url: URL;
  /** The variable that sets it; null for Google's own address. */
  readonly overriddenBy: string | null;
}

/** By gcloud's name of the API, such as `run`. */
export type Endpoints = (api: string) => Endpoint;

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Google's addresses, or those of gcloud's own variables for another one: `api_endpoint_overrides` in
 * https://cloud.google.com/sdk/gcloud/reference/topic/configurations (2026-11-22).
 *
 * @throws {DeployError} for an address that would send credentials unencrypted.
 */
export function endpointsOf(env: Env): Endpoints {
  // Every one is checked before the first request.
  for (const api of apis) endpointOf(api, env);
  return (api) => endpointOf(api, env);
}

function endpointOf(api: string, env: Env): Endpoint {
  const variable = `CLOUDSDK_API_ENDPOINT_OVERRIDES_${api.toUpperCase()}`;
  const value = env[variable] || null;
  if (value === null) {
    return { url: new URL(`https://${api}.googleapis.com/`), overriddenBy: null };
  }
  const problem = problemOf(value);
  if (problem === null) return { url: new URL(value.replace(/\/?$/, '/')), overriddenBy: variable };
  throw new DeployError(
    'google',
    `${variable} ${problem}; it takes an https URL, or http on this machine, such as http://127.0.0.1:8080/`,
    { hint: `unset ${variable}` },
  );
}

function problemOf(value: string): string | null {
  if (!URL.canParse(value)) return 'is not a URL';
  const url = new URL(value);
  if (!['https:', 'http:'].includes(url.protocol)) return 'is not an http or https URL';
  if (url.username !== '' || url.password !== '') return 'holds a user or a password';
  if (url.search !== '' || url.hash !== '') return 'holds a query or a fragment';
  if (url.protocol === 'https:' || isLoopback(url)) return null;
  return `is ${url.protocol}//${url.host}, which would send credentials unencrypted`;
}

/** True for a URL of this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
