import type { Env } from '../../engine/deploy-context.ts';
import { isLoopback, readEndpoint } from '../../engine/endpoint.ts';
import { CredentialsError } from '../../engine/errors.ts';

/** Where Azure is: the public cloud, or an emulator. */
export interface Endpoints {
  /** Without a slash at its end. */
  readonly resourceManager: string;
  /** Audience of the tokens. */
  readonly audience: string;
  /** Null leaves it to @azure/identity. */
  readonly authorityHost: string | null;
  /** True for an emulator on this machine. */
  readonly isLoopback: boolean;
}

const publicResourceManager = 'https://management.azure.com';

/**
 * Reads the variables of Microsoft's own tools: AZURE_AUTHORITY_HOST of @azure/identity, and
 * AZURE_RESOURCE_MANAGER_ENDPOINT and AZURE_RESOURCE_MANAGER_AUDIENCE of Azure Service Operator,
 * https://azure.github.io/azure-service-operator/guide/aso-controller-settings-options/ (2026-11-22).
 *
 * @throws {CredentialsError} where a token would be sent in plain text, or to another of Microsoft's clouds.
 */
export function readEndpoints(env: Env): Endpoints {
  const resourceManager = readUrl(env, 'AZURE_RESOURCE_MANAGER_ENDPOINT') ?? publicResourceManager;
  const isLocal = isLoopback(new URL(resourceManager));
  const audience = env['AZURE_RESOURCE_MANAGER_AUDIENCE']?.trim();
  return {
    resourceManager,
    audience: audience || (isLocal ? publicResourceManager : resourceManager),
    authorityHost: readUrl(env, 'AZURE_AUTHORITY_HOST'),
    isLoopback: isLocal,
  };
}

/** URL of a host that Resource Manager named: https, except for an emulator's hosts on this machine. */
export function urlOfHost(host: string, endpoints: Endpoints): string {
  const isLocal = endpoints.isLoopback && isLoopback(new URL(`http://${host}`));
  return `${isLocal ? new URL(endpoints.resourceManager).protocol : 'https:'}//${host}`;
}

/** Clouds with names and endpoints of their own, https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud. */
const sovereign =
  /(?:^|\.)(?:usgovcloudapi\.net|microsoftonline\.us|azure\.us|chinacloudapi\.cn|partner\.microsoftonline\.cn|azure\.cn)$/;

function readUrl(env: Env, name: string): string | null {
  const url = readEndpoint('azure', env, name);
  if (url === null) return null;
  const value = url.href.replace(/\/+$/, '');
  if (!sovereign.test(url.hostname)) return value;
  const message = `${name} is ${value}: tricloud deploys to Azure’s public cloud only`;
  throw new CredentialsError('azure', message, { hint: `unset ${name}` });
}
