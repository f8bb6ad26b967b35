import type { HttpHandler } from '@smithy/core/protocols';
import type { Env } from '../../engine/deploy-context.ts';
import { createFetch } from '../../engine/proxy.ts';
import type { Run } from '../../engine/run.ts';
import {
  configFilesOf,
  endpointOf,
  environmentCredentials,
  profileOf,
  type Service,
} from './environment.ts';

/** The SDK's clients. Each is loaded where it is first used: one of them takes a third of a second. */
export type Clients = ReturnType<typeof createClients>;

/** A run with AWS's clients. */
export interface AwsSession extends Run, Clients {
  readonly credentials: CredentialsProvider;
  /** Clients whose requests an interruption does not abort: they ask what is left behind. */
  readonly afterAbort: () => Clients;
}

type CredentialsProvider = () => Promise<NonNullable<ReturnType<typeof environmentCredentials>>>;

/** The number of attempts that the engine's own client makes. */
const maxAttempts = 4;

/** Opens a session; nothing is sent. */
export async function openSession(run: Run): Promise<AwsSession> {
  // `tricloud doctor` reports the end of a Node version itself.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const { createRequestHandler } = await import('./request-handler.ts');
  const fetch = createFetch(run.env);
  const requestHandler = (signal: AbortSignal) =>
    createRequestHandler({ fetch, signal, timing: run.timing });
  const handler = requestHandler(run.signal);
  const credentials = await credentialsOf(run, handler);
  const never = new AbortController().signal;
  return {
    ...run,
    ...createClients(run, credentials, handler),
    credentials,
    afterAbort: () => createClients(run, credentials, requestHandler(never)),
  };
}

async function credentialsOf(
  { env, target }: Run,
  requestHandler: HttpHandler,
): Promise<CredentialsProvider> {
  const own = environmentCredentials(env);
  if (own !== null) return () => Promise.resolve(own);
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  return defaultProvider({
    ...profileSettings(env),
    clientConfig: { requestHandler },
    parentClientConfig: { requestHandler, region: target.region },
  });
}

/** Failure of the profile's own source, such as `credential_process`, which the SDK's search passes over; null without one. */
export async function profileFailure({ env }: Run): Promise<Error | null> {
  const { fromIni } = await import('@aws-sdk/credential-provider-ini');
  try {
    await fromIni(profileSettings(env))();
    return null;
  } catch (error) {
    const isFound =
      error instanceof Error && !error.message.startsWith('Could not resolve credentials');
    return isFound ? error : null;
  }
}

function profileSettings(env: Env) {
  const profile = profileOf(env);
  const { config, credentials } = configFilesOf(env);
  const files = { filepath: credentials, configFilepath: config };
  return profile === null ? files : { ...files, profile };
}

function createClients(
  { env, target: { region } }: Run,
  credentials: CredentialsProvider,
  requestHandler: HttpHandler,
) {
  const config = (service: Service) => {
    const endpoint = endpointOf(env, service)?.href.replace(/\/$/, '');
    const common = { region, credentials, maxAttempts, requestHandler };
    return endpoint === undefined ? common : { ...common, endpoint };
  };
  // An emulator has no host name of its own for each bucket.
  const forcePathStyle = endpointOf(env, 'S3') !== null;
  return {
    cloudFormation: once(async () => {
      const { CloudFormation } = await import('@aws-sdk/client-cloudformation');
      return new CloudFormation(config('CLOUDFORMATION'));
    }),
    s3: once(async () => {
      const { S3 } = await import('@aws-sdk/client-s3');
      return new S3({ ...config('S3'), forcePathStyle });
    }),
    logs: once(async () => {
      const { CloudWatchLogs } = await import('@aws-sdk/client-cloudwatch-logs');
      return new CloudWatchLogs(config('CLOUDWATCH_LOGS'));
    }),
    lambda: once(async () => {
      const { Lambda } = await import('@aws-sdk/client-lambda');
      return new Lambda(config('LAMBDA'));
    }),
    sts: once(async () => {
      const { STS } = await import('@aws-sdk/client-sts');
      return new STS(config('STS'));
    }),
  };
}

function once<T>(create: () => Promise<T>): () => Promise<T> {
  let created: Promise<T> | null = null;
  return () => (created ??= create());
}
