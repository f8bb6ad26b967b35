import type { DeployContext } from '../engine/cloud.ts';
import { DeployError } from '../engine/errors.ts';
import type { Target } from '../engine/target.ts';
import type { Pace } from './pace.ts';

type Env = DeployContext['env'];

/** One of the services that a deployment speaks to, as AWS names it in `AWS_ENDPOINT_URL_…`. */
type Service = 'CLOUDFORMATION' | 'CLOUDWATCH_LOGS' | 'LAMBDA' | 'S3' | 'STS';

/** What every request of a run shares. */
export interface Access {
  readonly target: Target;
  readonly context: DeployContext;
  readonly pace: Pace;
}

/** Where a service is asked in AWS's place; null where it is AWS. */
export function endpointOf(env: Env, service: Service = 'CLOUDFORMATION'): URL | null {
  const given = env[`AWS_ENDPOINT_URL_${service}`] ?? env['AWS_ENDPOINT_URL'];
  if (given === undefined || given === '') return null;
  if (!URL.canParse(given) || !/^https?:/.test(given)) {
    throw new DeployError('aws', `AWS_ENDPOINT_URL is no URL: ${given}`, {
      hint: 'export AWS_ENDPOINT_URL=http://127.0.0.1:5000',
    });
  }
  const url = new URL(given);
  // A bucket's name would go before "localhost", and not every system knows where "bucket.localhost" is.
  if (url.hostname === 'localhost') url.hostname = '127.0.0.1';
  return url;
}

/** Where the credentials come from; never what they are. */
export function credentialsSource(env: Env): string {
  if (isGiven(env, 'AWS_ACCESS_KEY_ID')) return 'from the environment (AWS_ACCESS_KEY_ID)';
  if (isGiven(env, 'AWS_PROFILE')) return `from the profile ${env['AWS_PROFILE']} (AWS_PROFILE)`;
  if (isGiven(env, 'AWS_WEB_IDENTITY_TOKEN_FILE')) {
    return 'from a web identity (AWS_WEB_IDENTITY_TOKEN_FILE)';
  }
  if (isPlaceheld(env)) return 'none needed: an endpoint on this machine takes any';
  return 'from the default profile, or the machine’s own role';
}

/** The variables with which every process of a deployment finds the same endpoint and the same credentials. */
export function accessVariables(env: Env): Record<string, string> {
  const endpoint = endpointOf(env);
  return {
    // What it says, `tricloud doctor` says too, and once.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...(endpoint === null ? {} : { AWS_ENDPOINT_URL: withoutSlash(endpoint) }),
    ...(isPlaceheld(env)
      ? {
          AWS_ACCESS_KEY_ID: placeholder.accessKeyId,
          AWS_SECRET_ACCESS_KEY: placeholder.secretAccessKey,
        }
      : {}),
  };
}

/** The settings of an SDK client. */
export function clientConfig({ target, context, pace }: Access, service: Service) {
  const { env } = context;
  const endpoint = endpointOf(env, service);
  const credentials = credentialsOf(env);
  const profile = env['AWS_PROFILE'];
  return {
    region: target.region,
    maxAttempts: pace.attempts,
    requestHandler: {
      connectionTimeout: Math.min(5000, pace.requestTimeoutMs),
      requestTimeout: pace.requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
    ...(endpoint === null ? {} : { endpoint: withoutSlash(endpoint) }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(profile === undefined || profile === '' ? {} : { profile }),
  };
}

// An emulator on this machine asks for credentials and takes any: nobody's own ones are sent to it.
const placeholder = { accessKeyId: 'placeholder', secretAccessKey: 'placeholder' };

function isPlaceheld(env: Env): boolean {
  const names = ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE', 'AWS_WEB_IDENTITY_TOKEN_FILE'];
  const hostname = endpointOf(env)?.hostname ?? '';
  return (
    (/^127(?:\.\d+){3}$/.test(hostname) || hostname === '[::1]') &&
    !names.some((name) => isGiven(env, name))
  );
}

/** Those of the environment that was handed over; undefined leaves the search to the SDK. */
function credentialsOf(env: Env) {
  if (isPlaceheld(env)) return placeholder;
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = env['AWS_SESSION_TOKEN'];
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

function isGiven(env: Env, name: string): boolean {
  return (env[name] ?? '') !== '';
}

function withoutSlash(url: URL): string {
  return url.href.replace(/\/$/, '');
}
