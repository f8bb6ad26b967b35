import { homedir } from 'node:os';
import { join } from 'node:path';
import type { FoundRegion } from '../../engine/cloud.ts';
import type { Env } from '../../engine/deploy-context.ts';
import { isLoopback } from '../../engine/endpoint.ts';
import { DeployError } from '../../engine/errors.ts';
import { readIni } from '../../engine/ini.ts';

/** A service, as AWS names it in `AWS_ENDPOINT_URL_…`. */
export type Service = 'CLOUDFORMATION' | 'CLOUDWATCH_LOGS' | 'LAMBDA' | 'S3' | 'STS';

/**
 * Endpoint that replaces AWS's own; null without one.
 *
 * @throws {DeployError} where the variable holds no URL.
 */
export function endpointOf(env: Env, service: Service = 'CLOUDFORMATION'): URL | null {
  const given = env[`AWS_ENDPOINT_URL_${service}`] ?? env['AWS_ENDPOINT_URL'];
  if (given === undefined || given === '') return null;
  if (!URL.canParse(given) || !/^https?:/.test(given)) {
    throw new DeployError('aws', `AWS_ENDPOINT_URL is no URL: ${given}`, {
      hint: 'export AWS_ENDPOINT_URL=http://127.0.0.1:5000',
    });
  }
  const url = new URL(given);
  // A bucket's name would precede "localhost", and not every system resolves "bucket.localhost".
  if (url.hostname === 'localhost') url.hostname = '127.0.0.1';
  return url;
}

/** Profile that the environment names; null where it names none. */
export function profileOf(env: Env): string | null {
  return env['AWS_PROFILE'] || env['AWS_DEFAULT_PROFILE'] || null;
}

/** Paths of AWS's configuration files. */
export function configFilesOf(env: Env): { readonly config: string; readonly credentials: string } {
  const dir = join(env['HOME'] || env['USERPROFILE'] || homedir(), '.aws');
  return {
    config: env['AWS_CONFIG_FILE'] || join(dir, 'config'),
    credentials: env['AWS_SHARED_CREDENTIALS_FILE'] || join(dir, 'credentials'),
  };
}

/**
 * Region in the order of AWS's tools: AWS_REGION, AWS_DEFAULT_REGION, the profile.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html
 */
export async function findRegion(env: Env): Promise<FoundRegion | null> {
  for (const source of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const region = env[source];
    if (region !== undefined && region !== '') return { region, source };
  }
  const profile = profileOf(env) ?? 'default';
  const { config, credentials } = configFilesOf(env);
  const title = profile === 'default' ? profile : `profile ${profile}`;
  const region =
    (await readIni(config)).get(title)?.get('region') ??
    (await readIni(credentials)).get(profile)?.get('region');
  return region === undefined ? null : { region, source: `the profile ${profile} in ${config}` };
}

/** Where the credentials come from; never their values. */
export function credentialsSource(env: Env): string {
  if (isGiven(env, 'AWS_ACCESS_KEY_ID')) return 'from the environment (AWS_ACCESS_KEY_ID)';
  const profile = profileOf(env);
  if (profile !== null) return `from the profile ${profile}`;
  if (isGiven(env, 'AWS_WEB_IDENTITY_TOKEN_FILE')) {
    return 'from a web identity (AWS_WEB_IDENTITY_TOKEN_FILE)';
  }
  if (needsNone(env)) return 'none needed: a local endpoint accepts any';
  return 'from the default profile, or the machine’s own role';
}

/** Credentials that the environment itself holds; null leaves the search to the SDK. */
export function environmentCredentials(env: Env) {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'] || undefined;
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'] || undefined;
  const sessionToken = env['AWS_SESSION_TOKEN'] || undefined;
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    return {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    };
  }
  // A local emulator demands credentials and accepts any: the user's own are never sent to it.
  return needsNone(env) ? { accessKeyId: 'placeholder', secretAccessKey: 'placeholder' } : null;
}

function needsNone(env: Env): boolean {
  const names = [
    'AWS_ACCESS_KEY_ID',
    'AWS_PROFILE',
    'AWS_DEFAULT_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
  ];
  const endpoint = endpointOf(env);
  return endpoint !== null && isLoopback(endpoint) && !names.some((name) => isGiven(env, name));
}

function isGiven(env: Env, name: string): boolean {
  return (env[name] ?? '') !== '';
}
