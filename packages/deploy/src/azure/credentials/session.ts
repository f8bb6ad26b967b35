import { createHttpClient, type HttpClient } from '../../engine/http-client.ts';
import type { Run } from '../../engine/run.ts';
import { type Arm, createArm } from './arm.ts';
import { type Endpoints, isSafeForToken, readEndpoints } from './endpoints.ts';
import { type SignedIn, signIn } from './sign-in.ts';
import { findSubscription } from './subscription.ts';

/** A command on Azure, with the clients of the one who is signed in. */
export interface AzureSession extends Run {
  readonly arm: Arm;
  /** Sends to the app's deployment site. */
  readonly site: HttpClient;
  readonly storage: HttpClient;
  readonly signedIn: SignedIn;
  readonly subscription: string;
  readonly endpoints: Endpoints;
  /** The same session with another signal, for what follows an interruption. */
  readonly withSignal: (signal: AbortSignal) => AzureSession;
}

/** Audience of Blob Storage, for every account. */
const storageAudience = 'https://storage.azure.com';

/**
 * Signs in and finds the subscription.
 *
 * @throws {CredentialsError} where nobody is signed in, or the subscription is not known.
 */
export async function openSession(run: Run): Promise<AzureSession> {
  const endpoints = readEndpoints(run.env);
  const signedIn = await signIn(run, endpoints);
  // A CI job's identity gives no further token after a few minutes, https://github.com/Azure/login/issues/372.
  if (['deploy', 'rollback'].includes(run.command)) await signedIn.getToken(storageAudience);
  const subscription = await findSubscription(run, clients(run, signedIn, endpoints).arm);
  return createSession(run, { signedIn, endpoints, subscription });
}

function createSession(
  run: Run,
  parts: Pick<AzureSession, 'signedIn' | 'endpoints' | 'subscription'>,
): AzureSession {
  return {
    ...run,
    ...parts,
    ...clients(run, parts.signedIn, parts.endpoints),
    withSignal: (signal) => createSession({ ...run, signal }, parts),
  };
}

function clients(
  run: Run,
  { getToken }: SignedIn,
  { audience, resourceManager }: Endpoints,
): Pick<AzureSession, 'arm' | 'site' | 'storage'> {
  const client = (scope: string, more: Readonly<Record<string, string>> = {}) =>
    createHttpClient({
      ...run,
      async authorize(url) {
        if (!isSafeForToken(url)) throw new Error(`no token is sent to ${url.host} in plain text`);
        const token = await getToken(scope);
        return { authorization: `Bearer ${token}`, 'user-agent': 'tricloud', ...more };
      },
    });
  const site = client(audience);
  return {
    site,
    arm: createArm(site, resourceManager, run),
    storage: client(storageAudience, { 'x-ms-version': '2024-11-04' }),
  };
}
