import type { Env } from '../../engine/deploy-context.ts';
import { readEndpoint } from '../../engine/endpoint.ts';

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

/**
 * Google's addresses, or those of gcloud's own variables for another one: `api_endpoint_overrides` in
 * https://cloud.google.com/sdk/gcloud/reference/topic/configurations (2026-11-22).
 *
 * @throws {CredentialsError} for an address that would send credentials unencrypted.
 */
export function endpointsOf(env: Env): Endpoints {
  // Every one is checked before the first request.
  for (const api of apis) endpointOf(api, env);
  return (api) => endpointOf(api, env);
}

function endpointOf(api: string, env: Env): Endpoint {
  const variable = `CLOUDSDK_API_ENDPOINT_OVERRIDES_${api.toUpperCase()}`;
  const url = readEndpoint('google', env, variable);
  if (url === null) return { url: new URL(`https://${api}.googleapis.com/`), overriddenBy: null };
  return { url: new URL(url.href.replace(/\/?$/, '/')), overriddenBy: variable };
}
