import { CredentialsError } from '../engine/errors.ts';

/** Where Azure is: the public cloud, unless the environment names another. */
export interface Endpoints {
  /** Without a slash at its end. */
  readonly resourceManager: string;
  /** Whom a token is for. */
  readonly audience: string;
  /** Null leaves it to @azure/identity. */
  readonly authorityHost: string | null;
  /** True for an emulator on this machine. */
  readonly isLoopback: boolean;
}

const publicResourceManager = 'https://management.azure.com';

/**
 * Reads the variables that Microsoft's own tools read: AZURE_AUTHORITY_HOST as @azure/identity does, and
 * AZURE_RESOURCE_MANAGER_ENDPOINT and AZURE_RESOURCE_MANAGER_AUDIENCE as Azure Service Operator does,
 * https://azure.github.io/azure-service-operator/guide/aso-controller-settings-options/ (2026-11-22).
 *
 * @throws {CredentialsError} where a token would go over a network in the clear.
 */
export function readEndpoints(env: Readonly<Record<string, string | undefined>>): Endpoints {
  const resourceManager = (
    env['AZURE_RESOURCE_MANAGER_ENDPOINT']?.trim() || publicResourceManager
  ).replace(/\/+$/, '');
  const url = parseUrl('AZURE_RESOURCE_MANAGER_ENDPOINT', resourceManager);
  const isLoopback = isLoopbackHost(url.hostname);
  const audience = env['AZURE_RESOURCE_MANAGER_AUDIENCE']?.trim();
  return {
    resourceManager,
    audience: audience || (isLoopback ? publicResourceManager : resourceManager),
    authorityHost: env['AZURE_AUTHORITY_HOST']?.trim() || null,
    isLoopback,
  };
}

/**
 * The address of a host that Resource Manager named: https, but for an emulator's own hosts on this machine,
 * which speak what its Resource Manager speaks.
 */
export function urlOfHost(host: string, endpoints: Endpoints): string {
  const { protocol } = new URL(endpoints.resourceManager);
  const isLocal = endpoints.isLoopback && isLoopbackHost(new URL(`http://${host}`).hostname);
  return `${isLocal ? protocol : 'https:'}//${host}`;
}

/** Whether an address may be sent a token: https, or a host of this machine. */
export function isSafeForToken(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
}

/** Whether a name or address is this machine's own, RFC 6761 and RFC 1122. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

function parseUrl(name: string, value: string): URL {
  if (!URL.canParse(value)) {
    throw new CredentialsError('azure', `${name} is no URL: ${JSON.stringify(value)}`, {
      hint: `export ${name}=${publicResourceManager}`,
    });
  }
  if (!isSafeForToken(value)) {
    throw new CredentialsError(
      'azure',
      `${name} must be https: a token does not travel in the clear. Plain http is taken for this machine alone.`,
      { hint: `export ${name}=${value.replace(/^\w+:/, 'https:')}` },
    );
  }
  return new URL(value);
}
