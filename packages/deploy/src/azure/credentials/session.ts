import * as v from 'valibot';
import { isSafeForCredentials } from '../../engine/endpoint.ts';
import { CredentialsError } from '../../engine/errors.ts';
import { createHttpClient, type HttpClient } from '../../engine/http-client.ts';
import type { Run } from '../../engine/run.ts';
import { apiVersions } from '../template/versions.ts';
import { type Arm, createArm } from './arm.ts';
import { type Endpoints, readEndpoints } from './endpoints.ts';
import { type SignedIn, signIn } from './sign-in.ts';

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
 * @throws {CredentialsError} where no account is signed in, or the subscription is unknown.
 */
export async function openSession(run: Run): Promise<AzureSession> {
  const endpoints = readEndpoints(run.env);
  const signedIn = await signIn(run, endpoints);
  // A CI job's identity gives no further token after a few minutes, https://github.com/Azure/login/issues/372.
  if (['deploy', 'rollback'].includes(run.command)) await signedIn.getToken(storageAudience);
  const subscription = await findSubscription(run, clients(run, { signedIn, endpoints }).arm);
  return createSession(run, { signedIn, endpoints, subscription });
}

function createSession(
  run: Run,
  parts: Pick<AzureSession, 'signedIn' | 'endpoints' | 'subscription'>,
): AzureSession {
  const withSignal = (signal: AbortSignal) => createSession({ ...run, signal }, parts);
  return { ...run, ...parts, ...clients(run, parts), withSignal };
}

function clients(run: Run, { signedIn, endpoints }: Pick<AzureSession, 'signedIn' | 'endpoints'>) {
  const client = (audience: string, more: Readonly<Record<string, string>> = {}) =>
    createHttpClient({
      ...run,
      async authorize(url) {
        if (!isSafeForCredentials(url))
          throw new Error(`no token is sent to ${url.host} in plain text`);
        const authorization = `Bearer ${await signedIn.getToken(audience)}`;
        return { authorization, 'user-agent': 'tricloud', ...more };
      },
    });
  const site = client(endpoints.audience);
  const storage = client(storageAudience, { 'x-ms-version': '2024-11-04' });
  return { site, storage, arm: createArm(site, endpoints.resourceManager, run) };
}

const SubscriptionsSchema = v.array(
  v.object({
    subscriptionId: v.string(),
    displayName: v.optional(v.string(), ''),
    state: v.optional(v.string()),
  }),
);

/** Finds the subscription to deploy to: the target's, AZURE_SUBSCRIPTION_ID, or the only one there is. */
async function findSubscription({ target, env }: Run, arm: Arm): Promise<string> {
  const given = target.account ?? env['AZURE_SUBSCRIPTION_ID']?.trim();
  if (given) return given;
  const listed = await arm.list('/subscriptions', apiVersions.subscriptions);
  const all = v.parse(SubscriptionsSchema, listed).filter(({ state }) => state !== 'Disabled');
  const [only, ...others] = all;
  if (only !== undefined && others.length === 0) return only.subscriptionId;
  const lines = all.map(({ subscriptionId, displayName }) => `  ${subscriptionId} ${displayName}`);
  throw only === undefined
    ? new CredentialsError('azure', 'you are signed in to Azure, but have no subscription', {
        hint: 'az login',
      })
    : new CredentialsError('azure', `you have several subscriptions:\n${lines.join('\n')}`, {
        hint: 'pass --subscription ID',
      });
}
