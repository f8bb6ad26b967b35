import { createHash, createHmac } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readFailure } from '../../src/aws/errors/errors.ts';
import type { DeployContext } from '../../src/engine/deploy-context.ts';
import { startRun } from '../../src/engine/run.ts';
import { virtualTiming } from '../timing.ts';
import { archiveOf, failureOf, quickAws, target } from './support.ts';
import { worldOfTests } from './world.ts';

const world = await worldOfTests();

/** Writes ~/.aws/config, and hides this machine's own credentials from the SDK. */
async function withConfig(config: string, env: Readonly<Record<string, string>> = {}) {
  const home = world.here.context.env['HOME'] ?? '';
  await mkdir(join(home, '.aws'), { recursive: true });
  await writeFile(join(home, '.aws', 'config'), config);
  return { ...world.here.context, env: { HOME: home, PATH: process.env['PATH'], ...env } };
}

beforeEach(() => {
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('HOME', world.here.context.env['HOME'] ?? '');
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) {
    vi.stubEnv(name, undefined);
  }
});
afterEach(() => vi.unstubAllEnvs());

describe('the region', () => {
  const profiles = '[default]\nregion = eu-central-1\n[profile work]\nregion = ap-southeast-1\n';

  test.each<[Readonly<Record<string, string>>, string, string]>([
    [
      { AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'x', AWS_PROFILE: 'work' },
      'us-east-2',
      'AWS_REGION',
    ],
    [
      { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-west-1', AWS_PROFILE: 'work' },
      'us-west-1',
      'AWS_DEFAULT_REGION',
    ],
    [{ AWS_PROFILE: 'work' }, 'ap-southeast-1', 'the profile work in '],
    [{ AWS_DEFAULT_PROFILE: 'work' }, 'ap-southeast-1', 'the profile work in '],
    [{}, 'eu-central-1', 'the profile default in '],
  ])('of %j is %s, from %s', async (env, region, source) => {
    const context = await withConfig(profiles, env);
    const found = await quickAws.findRegion(context.env);
    expect(found).toEqual({ region, source: expect.stringContaining(source) });
  });

  test('is in the credentials file where the config file has none', async () => {
    const context = await withConfig('');
    const home = context.env.HOME;
    await writeFile(join(home, '.aws', 'credentials'), '[default]\nregion = eu-north-1\n');
    expect(await quickAws.findRegion(context.env)).toMatchObject({ region: 'eu-north-1' });
  });

  test('is not configured anywhere', async () => {
    expect(await quickAws.findRegion((await withConfig('')).env)).toBeNull();
  });
});

const statusOf = (context: DeployContext) => failureOf(() => quickAws.status(target, context));

describe('credentials', () => {
  test.each<[Readonly<Record<string, string>>, string, string]>([
    [
      {},
      'no credentials: AWS_ACCESS_KEY_ID is not set, ~/.aws has none, and this machine has no role',
      'aws configure sso',
    ],
    [
      { AWS_PROFILE: 'work' },
      'no credentials: ~/.aws has none for the profile work',
      'aws configure sso --profile work',
    ],
  ])(
    'that are not there, with %j, are reported with where they were looked for',
    async (env, message, hint) => {
      const context = await withConfig('', env);
      expect(await statusOf(context)).toMatchObject({
        name: 'MissingCredentialsError',
        message,
        hint,
      });
      expect(await quickAws.differences(target, archiveOf('one'), context)).toBeNull();
    },
  );

  test('of a credential_process that fails are reported with its words and without its arguments', async () => {
    const home = world.here.context.env['HOME'] ?? '';
    const process = join(home, 'process');
    await writeFile(process, '#!/bin/sh\necho the vault is locked >&2\nexit 1\n');
    await chmod(process, 0o755);
    const config = `[profile work]\ncredential_process = ${process} --key planted-argument\n`;
    expect(await statusOf(await withConfig(config, { AWS_PROFILE: 'work' }))).toEqual({
      name: 'CredentialsError',
      message:
        'could not read the status: the credential_process of the profile work failed: the vault is locked',
      leftBehind: [],
      hint: 'aws sso login --profile work',
      cleanUp: null,
    });
  });

  test('of an SSO session that has ended are reported with the command that starts one', async () => {
    const config = `[profile work]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = dev\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n`;
    expect(await statusOf(await withConfig(config, { AWS_PROFILE: 'work' }))).toMatchObject({
      name: 'CredentialsError',
      message:
        'could not read the status: the SSO session of the profile work is missing or has expired',
      hint: 'aws sso login --profile work',
    });
  });

  test('of a profile that AWS no longer accepts are reported with the command that renews them', () => {
    const { context } = world.here;
    const run = startRun(
      'status',
      target,
      { ...context, env: { AWS_PROFILE: 'work' } },
      virtualTiming(),
    );
    const error = Object.assign(new Error('raw'), { name: 'ExpiredTokenException' });
    expect(readFailure(error, run)).toEqual({
      kind: 'credentials',
      message: 'the credentials from the profile work have expired (ExpiredTokenException)',
      fix: 'aws sso login --profile work',
    });
  });

  test('are sought nowhere for a local endpoint, which gets placeholders', async () => {
    const env = { AWS_ENDPOINT_URL: world.fake.url };
    const context = await withConfig('[default]\naws_access_key_id = AKIAPLANTEDPLANTED02\n', env);
    await quickAws.status(target, context);
    const [asked] = world.fake.asked;
    expect(asked?.headers.authorization).toContain('Credential=placeholder/');
  });
});

const request = () => new Request('https://abc.execute-api.eu-west-1.amazonaws.com/a?b=c&b=d');

describe('a request to a function with IAM authorization', () => {
  test('is signed for execute-api in the region of the function', async () => {
    const signed = await quickAws.signRequest(
      { ...target, auth: 'iam' },
      request(),
      world.here.context,
    );
    const { authorization = '', ...headers } = Object.fromEntries(signed.headers);
    const date = headers['x-amz-date'] ?? '';
    const scope = `${date.slice(0, 8)}/eu-west-1/execute-api/aws4_request`;
    expect(authorization).toContain(`Credential=AKIAPLANTEDPLANTED01/${scope}, SignedHeaders=`);
    expect(headers['x-amz-security-token']).toBe('planted-session-token-0123456789');
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
    const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? [];
    const all = { ...headers, host: 'abc.execute-api.eu-west-1.amazonaws.com' };
    const canonical = [
      'GET',
      '/a',
      'b=c&b=d',
      ...Object.entries(all)
        .filter(([name]) => names.includes(name))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => `${name}:${value}`),
      '',
      names.join(';'),
      headers['x-amz-content-sha256'],
    ].join('\n');
    const key = [date.slice(0, 8), 'eu-west-1', 'execute-api', 'aws4_request'].reduce<Buffer>(
      (each, part) => createHmac('sha256', each).update(part).digest(),
      Buffer.from('AWS4planted/secret/access/key/0123456789abcd'),
    );
    const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
    expect(authorization).toContain(
      `Signature=${createHmac('sha256', key).update(text).digest('hex')}`,
    );
  });

  test('is left as it is where everyone can call', async () => {
    const signed = await quickAws.signRequest(target, request(), world.here.context);
    expect([...signed.headers.keys()]).toEqual([]);
  });
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
