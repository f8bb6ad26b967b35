import { DeployError } from '../engine/errors.ts';

/** The APIs that are called, by gcloud's names for them. */
export type Api = 'cloudfunctions' | 'run' | 'iam' | 'secretmanager' | 'logging' | 'serviceusage';

/** Where an API is reached. */
export interface Endpoint {
  readonly url: URL;
  /** The variable that says so; null for Google's own address. */
  readonly overriddenBy: string | null;
}

export type Endpoints = Readonly<Record<Api, Endpoint>>;

/**
 * Google's addresses, or those of gcloud's own variables for another one: `api_endpoint_overrides` in
 * https://cloud.google.com/sdk/gcloud/reference/topic/configurations and `CLOUDSDK_SECTION_PROPERTY` in
 * https://cloud.google.com/sdk/docs/properties (2026-11-22).
 *
 * @throws {DeployError} for an address that would carry credentials in the clear.
 */
export function endpointsOf(env: Readonly<Record<string, string | undefined>>): Endpoints {
  const of = (api: Api): Endpoint => endpointOf(api, env);
  return {
    cloudfunctions: of('cloudfunctions'),
    run: of('run'),
    iam: of('iam'),
    secretmanager: of('secretmanager'),
    logging: of('logging'),
    serviceusage: of('serviceusage'),
  };
}

function endpointOf(api: Api, env: Readonly<Record<string, string | undefined>>): Endpoint {
  const variable = `CLOUDSDK_API_ENDPOINT_OVERRIDES_${api.toUpperCase()}`;
  const value = env[variable];
  if (value === undefined || value === '') {
    return { url: new URL(`https://${api}.googleapis.com/`), overriddenBy: null };
  }
  if (!URL.canParse(value)) refuse(variable, 'is no URL');
  const url = new URL(value);
  if (url.username !== '' || url.password !== '') refuse(variable, 'holds a user or a password');
  if (url.search !== '' || url.hash !== '') refuse(variable, 'holds a query or a fragment');
  if (url.protocol !== 'https:' && !isLoopback(url)) {
    refuse(variable, `leads to ${url.protocol}//${url.host}, where credentials would travel bare`);
  }
  if (!['https:', 'http:'].includes(url.protocol)) refuse(variable, 'is no http or https URL');
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return { url, overriddenBy: variable };
}

function refuse(variable: string, problem: string): never {
  throw new DeployError(
    'google',
    `${variable} ${problem}; it takes an https URL, or http on this machine, such as http://127.0.0.1:8080/`,
    { hint: `unset ${variable}` },
  );
}

/** Whether a URL leads to this machine and nowhere else. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
