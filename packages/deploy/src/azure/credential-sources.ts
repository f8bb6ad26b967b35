import type * as Identity from '@azure/identity';
import type { TokenCredential } from '@azure/identity';
import type { DeployContext } from '../engine/cloud.ts';
import type { Endpoints } from './endpoints.ts';

/** Where a credential may come from. */
export interface Source {
  readonly name: string;
  /** Why it is not there to be asked; null when it is. */
  readonly missing: string | null;
  /** Whoever set it up means this one and no other. */
  readonly isMeant: boolean;
  make(identity: typeof Identity): TokenCredential;
}

/** Where a credential may come from, in the order in which it is asked. */
export function sources(
  env: DeployContext['env'],
  { authorityHost }: Endpoints,
): readonly Source[] {
  const tenantId = env['AZURE_TENANT_ID'] ?? '';
  const clientId = env['AZURE_CLIENT_ID'] ?? '';
  const secret = env['AZURE_CLIENT_SECRET'];
  const certificate = env['AZURE_CLIENT_CERTIFICATE_PATH'];
  const tokenFile = env['AZURE_FEDERATED_TOKEN_FILE'];
  const isApp = tenantId !== '' && clientId !== '';
  // Without this @azure/identity asks Microsoft’s public cloud whether the authority is one of its own.
  const authority =
    authorityHost === null
      ? {}
      : { authorityHost, disableInstanceDiscovery: !isMicrosofts(authorityHost) };
  const tenant = tenantId === '' ? {} : { tenantId };
  return [
    {
      name: 'environment (AZURE_CLIENT_SECRET)',
      missing:
        isApp && secret !== undefined
          ? null
          : unset('AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET'),
      isMeant: true,
      make: ({ ClientSecretCredential }) =>
        new ClientSecretCredential(tenantId, clientId, secret ?? '', authority),
    },
    {
      name: 'environment (AZURE_CLIENT_CERTIFICATE_PATH)',
      missing: isApp && certificate !== undefined ? null : unset('AZURE_CLIENT_CERTIFICATE_PATH'),
      isMeant: true,
      make: ({ ClientCertificateCredential }) =>
        new ClientCertificateCredential(tenantId, clientId, certificate ?? '', authority),
    },
    {
      name: 'workload identity (AZURE_FEDERATED_TOKEN_FILE)',
      missing: isApp && tokenFile !== undefined ? null : unset('AZURE_FEDERATED_TOKEN_FILE'),
      isMeant: true,
      make: ({ WorkloadIdentityCredential }) =>
        new WorkloadIdentityCredential({
          tenantId,
          clientId,
          tokenFilePath: tokenFile ?? '',
          ...authority,
        }),
    },
    {
      name: 'Azure CLI (az login)',
      missing: null,
      isMeant: false,
      make: ({ AzureCliCredential }) => new AzureCliCredential(tenant),
    },
    {
      name: 'Azure PowerShell (Connect-AzAccount)',
      missing: null,
      isMeant: false,
      make: ({ AzurePowerShellCredential }) => new AzurePowerShellCredential(tenant),
    },
    {
      name: 'Azure Developer CLI (azd auth login)',
      missing: null,
      isMeant: false,
      make: ({ AzureDeveloperCliCredential }) => new AzureDeveloperCliCredential(tenant),
    },
  ];
}

function unset(...names: readonly string[]): string {
  return `${names.join(', ')} not set`;
}

/** The authorities that Microsoft runs, https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud. */
function isMicrosofts(authorityHost: string): boolean {
  const host = authorityHost.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return [
    'login.microsoftonline.com',
    'login.microsoftonline.us',
    'login.partner.microsoftonline.cn',
    'login.chinacloudapi.cn',
  ].includes(host);
}
