import type { HttpClient } from '@azure/core-rest-pipeline';
import type { AccessToken, TokenCredential } from '@azure/identity';
import * as v from 'valibot';
import { CredentialsError, MissingCredentialsError } from '../../engine/errors.ts';
import { createFetch } from '../../engine/proxy.ts';
import type { Run } from '../../engine/run.ts';
import type { Principal } from '../template/parameters.ts';
import { readAzSetting } from './az-setting.ts';
import type { Endpoints } from './endpoints.ts';
import { sources } from './sources.ts';

/** A credential that gave a token. */
export interface SignedIn {
  /** Gives a token for an audience, such as `https://storage.azure.com`. */
  readonly getToken: (audience: string) => Promise<string>;
  /** Such as `Azure CLI (az login)`; never the credential itself. */
  readonly source: string;
  readonly principal: Principal;
  readonly tenantId: string | null;
}

/**
 * Asks the environment, a workload's identity, the Azure CLI, PowerShell and the developer CLI for a token. An explicit
 * source that refuses ends the search. An endpoint on this machine gets a placeholder where the environment has no
 * credentials.
 *
 * @throws {CredentialsError} where a source refuses; {MissingCredentialsError} where none gives a token.
 */
export async function signIn(
  { env, redact }: Pick<Run, 'env' | 'redact'>,
  endpoints: Endpoints,
): Promise<SignedIn> {
  const identity = await import('@azure/identity');
  const asked = sources(env, endpoints, await toHttpClient(env));
  const isExplicit = asked.some((source) => source.isExplicit && source.missing === null);
  if (!isExplicit) {
    if (endpoints.isLoopback && !env['AZURE_RESOURCE_MANAGER_AUDIENCE']) return placeholder;
    await refuseSovereignCloud(env);
  }
  const refusals: string[] = [];
  for (const source of asked) {
    if (source.missing !== null) {
      refusals.push(`${source.name}: ${source.missing}`);
      continue;
    }
    const getToken = remember(source.credential(identity));
    try {
      const token = await getToken(endpoints.audience);
      return { getToken, source: source.name, ...readClaims(token) };
    } catch (error) {
      const said = redact(firstLine(error));
      if (source.isExplicit || !(error instanceof identity.CredentialUnavailableError)) {
        const message = `${source.name} was refused: ${said}`;
        throw new CredentialsError('azure', message, { hint: 'az login' });
      }
      refusals.push(`${source.name}: ${said}`);
    }
  }
  const message = `not signed in to Azure: no credentials in the environment, and neither az, Az PowerShell nor azd is signed in`;
  const cause = new Error(refusals.join('\n'));
  throw new MissingCredentialsError('azure', message, { hint: 'az login', cause });
}

/** The Azure CLI may be signed in to another of Microsoft's clouds, whose tokens are good for nothing here. */
async function refuseSovereignCloud(env: Run['env']): Promise<void> {
  const cloud = await readAzSetting(env, 'cloud', 'name');
  if (cloud === null || cloud.value === 'AzureCloud') return;
  throw new CredentialsError(
    'azure',
    `az is set to ${cloud.value} (${cloud.source}): tricloud deploys to Azure’s public cloud only`,
    { hint: 'az cloud set -n AzureCloud && az login' },
  );
}

/** An emulator on this machine gets no real token, unless the environment has credentials for it. */
const placeholder: SignedIn = {
  getToken: () =>
    Promise.resolve(
      [{ alg: 'none' }, { oid: '00000000-0000-0000-0000-000000000000' }, {}]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.'),
    ),
  source: 'a placeholder, as the endpoint is on this machine',
  principal: { objectId: '00000000-0000-0000-0000-000000000000', type: 'User' },
  tenantId: null,
};

/** Sends the requests of @azure/identity through the environment's proxy. */
async function toHttpClient(env: Run['env']): Promise<HttpClient> {
  const { createHttpHeaders } = await import('@azure/core-rest-pipeline');
  const fetch = createFetch(env);
  return {
    async sendRequest(request) {
      const { url, method, headers, body, abortSignal } = request;
      const response = await fetch(url, {
        method,
        headers: headers.toJSON(),
        body: typeof body === 'string' ? body : null,
        redirect: 'manual',
        signal: AbortSignal.any([
          AbortSignal.timeout(request.timeout || 60_000),
          ...(abortSignal instanceof AbortSignal ? [abortSignal] : []),
        ]),
      });
      return {
        request,
        status: response.status,
        headers: createHttpHeaders(Object.fromEntries(response.headers)),
        bodyAsText: await response.text(),
      };
    },
  };
}

/** A tool's credential starts a process for every token: one token is used until shortly before its end. */
function remember(credential: TokenCredential): SignedIn['getToken'] {
  const tokens = new Map<string, AccessToken>();
  return async (audience) => {
    const known = tokens.get(audience);
    if (known !== undefined && known.expiresOnTimestamp - Date.now() > 300_000) return known.token;
    const token = await credential.getToken(`${audience}/.default`);
    if (token === null) throw new Error('no token');
    tokens.set(audience, token);
    return token.token;
  };
}

const ClaimsSchema = v.object({
  oid: v.string(),
  tid: v.optional(v.string()),
  idtyp: v.optional(v.string()),
  scp: v.optional(v.unknown()),
});

/** Reads whom a token is for, https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference. */
function readClaims(token: string): Pick<SignedIn, 'principal' | 'tenantId'> {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), ClaimsSchema), payload);
  if (!read.success) throw new Error('its token does not say whom it is for (no claim oid)');
  const { oid, tid = null, idtyp, scp } = read.output;
  const isApp = idtyp === 'app' || (idtyp === undefined && scp === undefined);
  return {
    principal: { objectId: oid, type: isApp ? 'ServicePrincipal' : 'User' },
    tenantId: tid,
  };
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0]?.trim() ?? '';
}
