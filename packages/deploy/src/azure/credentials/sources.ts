import type { HttpClient } from '@azure/core-rest-pipeline';
import type * as Identity from '@azure/identity';
import type { DeployContext } from '../../engine/cloud.ts';
import type { Endpoints } from './endpoints.ts';

/** Where a credential may come from. */
export interface Source {
  readonly name: string;
  /** Variables that are not set; null where the source can be asked. */
  readonly missing: string | null;
  /** True where the user configured this source and means no other. */
  readonly isExplicit: boolean;
  readonly credential: (identity: typeof Identity) => Identity.TokenCredential;
}

/** The sources of credentials, in the order of DefaultAzureCredential; `httpClient` sends their requests. */
export function sources(
  env: DeployContext['env'],
  { authorityHost }: Endpoints,
  httpClient: HttpClient,
): readonly Source[] {
  const { AZURE_TENANT_ID: tenantId = '', AZURE_CLIENT_ID: clientId = '' } = env;
  // Otherwise @azure/identity asks Microsoft's public cloud whether the authority is one of its own.
  const authority = authorityHost && {
    authorityHost,
    disableInstanceDiscovery: new URL(authorityHost).hostname !== 'login.microsoftonline.com',
  };
  const options = { httpClient, retryOptions: { maxRetries: 3 }, ...authority };
  const variable = (
    kind: string,
    name: string,
    credential: (identity: typeof Identity, value: string) => Identity.TokenCredential,
  ): Source => {
    const value = env[name] ?? '';
    const isSet = ![tenantId, clientId, value].includes('');
    return {
      name: `${kind} (${name})`,
      missing: isSet ? null : `AZURE_TENANT_ID, AZURE_CLIENT_ID, ${name} not set`,
      isExplicit: true,
      credential: (identity) => credential(identity, value),
    };
  };
  const tool = (name: string, credential: Source['credential']): Source => ({
    name,
    missing: null,
    isExplicit: false,
    credential,
  });
  const tenant = tenantId === '' ? {} : { tenantId };
  return [
    variable('environment', 'AZURE_CLIENT_SECRET', (identity, secret) => {
      return new identity.ClientSecretCredential(tenantId, clientId, secret, options);
    }),
    variable('environment', 'AZURE_CLIENT_CERTIFICATE_PATH', (identity, path) => {
      return new identity.ClientCertificateCredential(tenantId, clientId, path, options);
    }),
    variable('workload identity', 'AZURE_FEDERATED_TOKEN_FILE', (identity, tokenFilePath) => {
      const app = { tenantId, clientId, tokenFilePath };
      return new identity.WorkloadIdentityCredential({ ...app, ...options });
    }),
    tool('Azure CLI (az login)', (identity) => new identity.AzureCliCredential(tenant)),
    tool('Azure PowerShell (Connect-AzAccount)', (identity) => {
      return new identity.AzurePowerShellCredential(tenant);
    }),
    tool('Azure Developer CLI (azd auth login)', (identity) => {
      return new identity.AzureDeveloperCliCredential(tenant);
    }),
  ];
}
