import type { HttpClient } from '@azure/core-rest-pipeline';
import type * as Identity from '@azure/identity';
import * as v from 'valibot';
import type { Env } from '../../engine/deploy-context.ts';
import { CredentialsError, MissingCredentialsError } from '../../engine/errors.ts';
import { createFetch } from '../../engine/proxy.ts';
import type { Run } from '../../engine/run.ts';
import { TransportError } from '../../engine/transport-error.ts';
import { firstLine } from '../errors/errors.ts';
import type { Principal } from '../template/parameters.ts';
import { readAzSetting } from './az-setting.ts';
import type { Endpoints } from './endpoints.ts';

/** A credential that gave a token. */
export interface SignedIn {
  /** Gives a token for an audience, such as `https://storage.azure.com`. */
  readonly getToken: (audience: string) => Promise<string>;
  /** Such as `Azure CLI (az login)`; never the credential itself. */
  readonly source: string;
  readonly principal: Principal;
  readonly tenantId: string | null;
}

type Source = readonly [name: string, credential: Identity.TokenCredential];

/**
 * Asks for a token: the environment's credentials, or else the Azure CLI, PowerShell and the developer CLI. An emulator
 * on this machine gets a placeholder where the environment has no credentials.
 *
 * @throws {CredentialsError} where a source refuses; {MissingCredentialsError} where none gives a token;
 *   {TransportError} where Microsoft Entra cannot be reached.
 */
export async function signIn(
  { env, signal, redact }: Pick<Run, 'env' | 'signal' | 'redact'>,
  endpoints: Endpoints,
): Promise<SignedIn> {
  const identity = await import('@azure/identity');
  const httpClient = await createTokenClient({ env, signal });
  const explicit = explicitSource(identity, env, endpoints, httpClient);
  if (explicit === null) {
    if (endpoints.isLoopback && !env['AZURE_RESOURCE_MANAGER_AUDIENCE']) return placeholder;
    await refuseSovereignCloud(env);
  }
  const refusals: string[] = [];
  for (const [source, credential] of explicit ? [explicit] : tools(identity, env)) {
    const getToken = remember(credential, httpClient);
    try {
      return { getToken, source, ...readClaims(await getToken(endpoints.audience)) };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof TransportError) throw error;
      const said = redact(firstLine(error));
      if (explicit !== null || !(error instanceof identity.CredentialUnavailableError)) {
        const message = `${source} was refused: ${said}`;
        throw new CredentialsError('azure', message, { hint: 'az login' });
      }
      refusals.push(`${source}: ${said}`);
    }
  }
  const message =
    'not signed in to Azure: no credentials in the environment, and neither az, Az PowerShell nor azd is signed in';
  const cause = new Error(refusals.join('\n'));
  throw new MissingCredentialsError('azure', message, { hint: 'az login', cause });
}

/** The environment's credentials, in the order of DefaultAzureCredential; null where there are none. */
function explicitSource(
  identity: typeof Identity,
  env: Env,
  { authorityHost }: Endpoints,
  httpClient: TokenClient,
): Source | null {
  const { AZURE_TENANT_ID: tenantId = '', AZURE_CLIENT_ID: clientId = '' } = env;
  if (tenantId === '' || clientId === '') return null;
  const options = {
    httpClient,
    ...(authorityHost && {
      authorityHost,
      // Otherwise Microsoft's public cloud is asked whether the authority is one of its own.
      disableInstanceDiscovery: new URL(authorityHost).hostname !== 'login.microsoftonline.com',
    }),
  };
  const secret = env['AZURE_CLIENT_SECRET'];
  if (secret) {
    const credential = new identity.ClientSecretCredential(tenantId, clientId, secret, options);
    return ['environment (AZURE_CLIENT_SECRET)', credential];
  }
  const path = env['AZURE_CLIENT_CERTIFICATE_PATH'];
  if (path) {
    const credential = new identity.ClientCertificateCredential(tenantId, clientId, path, options);
    return ['environment (AZURE_CLIENT_CERTIFICATE_PATH)', credential];
  }
  const tokenFilePath = env['AZURE_FEDERATED_TOKEN_FILE'];
  if (!tokenFilePath) return null;
  const app = { tenantId, clientId, tokenFilePath };
  const credential = new identity.WorkloadIdentityCredential({ ...app, ...options });
  return ['workload identity (AZURE_FEDERATED_TOKEN_FILE)', credential];
}

function tools(identity: typeof Identity, env: Env): readonly Source[] {
  const tenantId = env['AZURE_TENANT_ID'];
  const tenant = tenantId ? { tenantId } : {};
  return [
    ['Azure CLI (az login)', new identity.AzureCliCredential(tenant)],
    ['Azure PowerShell (Connect-AzAccount)', new identity.AzurePowerShellCredential(tenant)],
    ['Azure Developer CLI (azd auth login)', new identity.AzureDeveloperCliCredential(tenant)],
  ];
}

/** The tools may be signed in to another of Microsoft's clouds, whose tokens are good for nothing here. */
async function refuseSovereignCloud(env: Env): Promise<void> {
  const cloud = await readAzSetting(env, 'cloud', 'name');
  if (cloud === null || cloud.value === 'AzureCloud') return;
  const message = `az is set to ${cloud.value} (${cloud.source}): tricloud deploys to Azure’s public cloud only`;
  throw new CredentialsError('azure', message, { hint: 'az cloud set -n AzureCloud && az login' });
}

const placeholder: SignedIn = {
  getToken: () => Promise.resolve('placeholder'),
  source: 'a placeholder, as the endpoint is on this machine',
  principal: { objectId: '00000000-0000-0000-0000-000000000000', type: 'User' },
  tenantId: null,
};

/** Client for tokens; @azure/identity does not keep the reason why a request had no answer. */
interface TokenClient extends HttpClient {
  /** Why the last request had no answer; null where it had one. */
  failure: TransportError | null;
}

/** Sends the requests of @azure/identity through the environment's proxy, until the run is interrupted. */
async function createTokenClient({
  env,
  signal,
}: Pick<Run, 'env' | 'signal'>): Promise<TokenClient> {
  const { createHttpHeaders } = await import('@azure/core-rest-pipeline');
  const fetch = createFetch(env);
  const client: TokenClient = {
    failure: null,
    async sendRequest(request) {
      client.failure = null;
      const response = await fetch(request.url, {
        method: request.method,
        headers: request.headers.toJSON(),
        body: typeof request.body === 'string' ? request.body : null,
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(request.timeout || 60_000)]),
      }).catch((error: unknown) => {
        if (error instanceof TransportError) client.failure = error;
        throw error;
      });
      const headers = createHttpHeaders(Object.fromEntries(response.headers));
      return { request, status: response.status, headers, bodyAsText: await response.text() };
    },
  };
  return client;
}

/** A tool's credential starts a process for every token: one token is used until shortly before its end. */
function remember(
  credential: Identity.TokenCredential,
  httpClient: TokenClient,
): SignedIn['getToken'] {
  const tokens = new Map<string, Identity.AccessToken>();
  return async (audience) => {
    const known = tokens.get(audience);
    if (known !== undefined && known.expiresOnTimestamp - Date.now() > 300_000) return known.token;
    const token = await credential.getToken(`${audience}/.default`).catch((error: unknown) => {
      throw httpClient.failure ?? error;
    });
    if (token === null) throw new Error('no token');
    tokens.set(audience, token);
    return token.token;
  };
}

const ClaimsSchema = v.object({
  oid: v.string(),
  tid: v.nullish(v.string(), null),
  idtyp: v.optional(v.string()),
  scp: v.optional(v.unknown()),
});

/** Reads whom a token is for, https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference. */
function readClaims(token: string): Pick<SignedIn, 'principal' | 'tenantId'> {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), ClaimsSchema), payload);
  if (!read.success) throw new Error('its token does not say whom it is for (no claim oid)');
  const { oid: objectId, tid: tenantId, idtyp, scp } = read.output;
  const isApp = idtyp === 'app' || (idtyp === undefined && scp === undefined);
  return { principal: { objectId, type: isApp ? 'ServicePrincipal' : 'User' }, tenantId };
}
