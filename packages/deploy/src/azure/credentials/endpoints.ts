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

type Env = Readonly<Record<string, string | undefined>>;

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
  const isLoopback = isLoopbackHost(new URL(resourceManager).hostname);
  const audience = env['AZURE_RESOURCE_MANAGER_AUDIENCE']?.trim();
  return {
    resourceManager,
    audience: audience || (isLoopback ? publicResourceManager : resourceManager),
    authorityHost: readUrl(env, 'AZURE_AUTHORITY_HOST'),
    isLoopback,
  };
}

/** URL of a host that Resource Manager named: https, except for an emulator's hosts on this machine. */
export function urlOfHost(host: string, { resourceManager, isLoopback }: Endpoints): string {
  const isLocal = isLoopback && isLoopbackHost(new URL(`http://${host}`).hostname);
  return `${isLocal ? new URL(resourceManager).protocol : 'https:'}//${host}`;
}

/** True where a token may be sent to a URL: over https, or to this machine. */
export function isSafeForToken(url: string | URL): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
}

/** True for the names and addresses of this machine, RFC 6761 and RFC 1122. */
export function isLoopbackHost(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|\[::1\]|127(?:\.\d{1,3}){3})$/.test(hostname);
}

/** Clouds with names and endpoints of their own, https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud. */
const sovereign =
  /(?:^|\.)(?:usgovcloudapi\.net|microsoftonline\.us|azure\.us|chinacloudapi\.cn|partner\.microsoftonline\.cn|azure\.cn)$/;

function readUrl(env: Env, name: string): string | null {
  const value = env[name]?.trim().replace(/\/+$/, '') ?? '';
  if (value === '') return null;
  const problem = !URL.canParse(value)
    ? `is no URL: ${JSON.stringify(value)}`
    : !isSafeForToken(value)
      ? 'must be https: a token is not sent in plain text, except to this machine'
      : sovereign.test(new URL(value).hostname)
        ? `is ${value}: tricloud deploys to Azure’s public cloud only`
        : null;
  if (problem === null) return value;
  throw new CredentialsError('azure', `${name} ${problem}`, { hint: `unset ${name}` });
}
