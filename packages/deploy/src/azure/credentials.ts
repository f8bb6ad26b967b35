import type { AccessToken, TokenCredential } from '@azure/identity';
import type { DeployContext } from '../engine/cloud.ts';
import { CredentialsError } from '../engine/errors.ts';
import { redactor } from '../engine/redact.ts';
import { sources } from './credential-sources.ts';
import type { Endpoints } from './endpoints.ts';
import type { Principal } from './requests.ts';

/** A credential that answered. */
export interface SignedIn {
  readonly credential: TokenCredential;
  /** Where it came from, such as `Azure CLI (az login)`; never what it is. */
  readonly source: string;
  readonly principal: Principal;
  readonly tenantId: string | null;
}

/**
 * Asks the environment, a workload's identity, the Azure CLI, PowerShell and the developer CLI in this order, which is
 * that of DefaultAzureCredential, for a token. A source that is set up and refuses ends the search: whoever set it
 * up means it. An endpoint on this machine gets a placeholder where the environment has no credentials.
 *
 * @throws {CredentialsError} where none answers.
 */
export async function signIn(env: DeployContext['env'], endpoints: Endpoints): Promise<SignedIn> {
  const identity = await import('@azure/identity');
  const redact = redactor(env);
  const refusals: string[] = [];
  const asked = sources(env, endpoints);
  const isOwn = asked.some(({ isMeant, missing }) => isMeant && missing === null);
  if (endpoints.isLoopback && !isOwn && !env['AZURE_RESOURCE_MANAGER_AUDIENCE']) return placeholder;
  for (const source of asked) {
    if (source.missing !== null) {
      refusals.push(`${source.name}: ${source.missing}`);
      continue;
    }
    const credential = remembering(source.make(identity));
    try {
      const token = await credential.getToken(`${endpoints.audience}/.default`);
      if (token === null) throw new Error('no token');
      return { credential, source: source.name, ...readClaims(token.token) };
    } catch (error) {
      const said = redact(firstLine(error));
      if (source.isMeant || !(error instanceof identity.CredentialUnavailableError)) {
        throw new CredentialsError('azure', `${source.name} was refused: ${said}`, {
          hint: source.isMeant
            ? 'set the AZURE_* variables anew, or unset them and az login'
            : 'az login',
        });
      }
      refusals.push(`${source.name}: ${said}`);
    }
  }
  throw new CredentialsError(
    'azure',
    'nobody is signed in to Azure: no AZURE_* variables, and neither az, Az PowerShell nor azd',
    { hint: 'az login', cause: new Error(refusals.join('\n')) },
  );
}

/** What an emulator on this machine gets: nobody's own token goes to it, unless the environment means it to. */
const placeholder: SignedIn = {
  credential: {
    getToken: () =>
      Promise.resolve({
        token: [{ alg: 'none' }, { oid: '00000000-0000-0000-0000-000000000000' }, {}]
          .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
          .join('.'),
        expiresOnTimestamp: Date.now() + 3_600_000,
      }),
  },
  source: 'a placeholder, as the endpoint is on this machine',
  principal: { objectId: '00000000-0000-0000-0000-000000000000', type: 'User' },
  tenantId: null,
};

/** The tools’ credentials start a process for every token; one token serves until shortly before its end. */
function remembering(credential: TokenCredential): TokenCredential {
  const tokens = new Map<string, AccessToken>();
  return {
    async getToken(scopes, options) {
      const key = [scopes].flat().join(' ');
      const known = tokens.get(key);
      if (
        known !== undefined &&
        options?.claims === undefined &&
        known.expiresOnTimestamp - Date.now() > 300_000
      ) {
        return known;
      }
      const token = await credential.getToken(scopes, options);
      if (token !== null) tokens.set(key, token);
      return token;
    },
  };
}

/** Who the token is for: its claims, https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference. */
function readClaims(token: string): Pick<SignedIn, 'principal' | 'tenantId'> {
  const claims = parseClaims(token.split('.')[1] ?? '');
  const objectId = claims['oid'];
  if (typeof objectId !== 'string') {
    throw new Error('its token does not say whom it is for: the claim oid is missing');
  }
  const isApp =
    claims['idtyp'] === 'app' || (claims['idtyp'] === undefined && claims['scp'] === undefined);
  const tenantId = claims['tid'];
  return {
    principal: { objectId, type: isApp ? 'ServicePrincipal' : 'User' },
    tenantId: typeof tenantId === 'string' ? tenantId : null,
  };
}

function parseClaims(part: string): Readonly<Record<string, unknown>> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof claims === 'object' && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0]?.trim() ?? '';
}
