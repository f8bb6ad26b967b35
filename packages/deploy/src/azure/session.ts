import type { ResourceManagementClient } from '@azure/arm-resources';
import type { HttpMethods, Pipeline, PipelinePolicy } from '@azure/core-rest-pipeline';
import type { DeployContext } from '../engine/cloud.ts';
import { type Redact, redactor } from '../engine/redact.ts';
import type { Target } from '../engine/target.ts';
import { command, type Verb } from './command.ts';
import { type SignedIn, signIn } from './credentials.ts';
import { type Endpoints, isSafeForToken, readEndpoints } from './endpoints.ts';
import type { Pace } from './pace.ts';
import { findSubscription } from './subscription.ts';

/** What an address answered. */
export interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | undefined };
  readonly text: string;
}

/** A request that no official client has, with the token of whoever deploys. */
export type Send = (request: {
  readonly method: HttpMethods;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly timeoutMs?: number;
}) => Promise<Answer>;

/** Azure, as whoever deploys sees it. */
export interface Session {
  readonly arm: ResourceManagementClient;
  readonly send: Send;
  readonly signedIn: SignedIn;
  readonly subscription: string;
  readonly endpoints: Endpoints;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  readonly redact: Redact;
  /** The command that does something to what this is about, ready to be typed. */
  readonly command: (verb: Verb) => string;
  /** What the clients are made with. */
  readonly clientOptions: ClientOptions;
}

/** What every official client takes. */
export interface ClientOptions {
  readonly retryOptions: { readonly maxRetries: number; readonly retryDelayInMs: number };
  readonly userAgentOptions: { readonly userAgentPrefix: string };
}

/**
 * Signs in and finds the subscription.
 *
 * @throws {CredentialsError} where nobody is signed in, or no subscription can be told.
 */
export async function openSession(
  target: Target,
  { env, signal }: Pick<DeployContext, 'env' | 'signal'>,
  pace: Pace,
): Promise<Session> {
  const endpoints = readEndpoints(env);
  const signedIn = await signIn(env, endpoints);
  const clientOptions: ClientOptions = {
    retryOptions: { maxRetries: 3, retryDelayInMs: pace.retryMs },
    userAgentOptions: { userAgentPrefix: 'tricloud' },
  };
  const redact = redactor(env, target.environment);
  const send = await makeSend(signedIn, endpoints, { clientOptions, pace, signal });
  const subscription = await findSubscription(target, { env, endpoints, send, signal, redact });
  const { ResourceManagementClient } = await import('@azure/arm-resources');
  const arm = new ResourceManagementClient(signedIn.credential, subscription, {
    ...clientOptions,
    endpoint: endpoints.resourceManager,
    credentialScopes: `${endpoints.audience}/.default`,
    allowInsecureConnection: endpoints.isLoopback,
  });
  await authorizeLoopback(arm.pipeline, signedIn, endpoints);
  arm.pipeline.addPolicy(timeoutPolicy(pace.requestMs));
  return {
    arm,
    send,
    signedIn,
    subscription,
    endpoints,
    pace,
    signal,
    redact,
    command: (verb) => command(verb, target),
    clientOptions,
  };
}

/**
 * The official policy sends no token over plain http. An emulator on this machine is the one place where that harms
 * nobody; everywhere else the official policy stays.
 */
async function authorizeLoopback(
  pipeline: Pipeline,
  signedIn: SignedIn,
  endpoints: Endpoints,
): Promise<void> {
  if (!endpoints.resourceManager.startsWith('http:')) return;
  const { bearerTokenAuthenticationPolicyName } = await import('@azure/core-rest-pipeline');
  pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName });
  pipeline.addPolicy(bearerPolicy(signedIn, endpoints), { phase: 'Sign' });
}

function bearerPolicy({ credential }: SignedIn, { audience }: Endpoints): PipelinePolicy {
  return {
    name: 'loopbackBearerPolicy',
    async sendRequest(request, next) {
      if (!isSafeForToken(request.url)) {
        throw new Error(`no token goes to ${new URL(request.url).host} over plain http`);
      }
      const token = await credential.getToken(`${audience}/.default`);
      if (token !== null) request.headers.set('authorization', `Bearer ${token.token}`);
      return next(request);
    },
  };
}

function timeoutPolicy(timeoutMs: number): PipelinePolicy {
  return {
    name: 'requestTimeoutPolicy',
    sendRequest(request, next) {
      if (request.timeout === 0) request.timeout = timeoutMs;
      return next(request);
    },
  };
}

async function makeSend(
  signedIn: SignedIn,
  endpoints: Endpoints,
  {
    clientOptions,
    pace,
    signal,
  }: { readonly clientOptions: ClientOptions; readonly pace: Pace; readonly signal: AbortSignal },
): Promise<Send> {
  const rest = await import('@azure/core-rest-pipeline');
  const pipeline = rest.createPipelineFromOptions({
    ...clientOptions,
    userAgentOptions: { userAgentPrefix: 'tricloud' },
  });
  pipeline.addPolicy(bearerPolicy(signedIn, endpoints), { phase: 'Sign' });
  const client = rest.createDefaultHttpClient();
  return async ({ method, url, headers = {}, body, timeoutMs = pace.requestMs }) => {
    const request = rest.createPipelineRequest({
      method,
      url,
      headers: rest.createHttpHeaders(headers),
      timeout: timeoutMs,
      abortSignal: signal,
      allowInsecureConnection: isSafeForToken(url),
      ...(body === undefined ? {} : { body }),
    });
    const response = await pipeline.sendRequest(client, request);
    return {
      status: response.status,
      headers: response.headers,
      text: response.bodyAsText ?? '',
    };
  };
}
