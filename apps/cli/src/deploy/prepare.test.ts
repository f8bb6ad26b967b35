import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { parse } from '../command-line/parse.ts';
import { deployments } from '../declarations/deployments.ts';
import { prepare } from './prepare.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tricloud-prepare-'));
  const settings = {
    name: 'shop',
    memoryMiB: 512,
    environment: { MODE: 'test', LEVEL: 'info' },
    secrets: { KEY: { aws: '{{resolve:secretsmanager:shop:SecretString:KEY}}' } },
    google: { project: 'shop-123456', memoryMiB: 256 },
  };
  await writeFile(join(dir, 'tricloud.json'), JSON.stringify(settings));
  await writeFile(join(dir, 'live.env'), 'MODE=file\nFROM_FILE=1\n');
});
afterAll(() => rm(dir, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const prepared = (args: readonly string[]) =>
  prepare(parse(deployments.deploy, [...args, '--config', join(dir, 'tricloud.json')], {}));

test('an option stands over a file of variables, and both over the config file', async () => {
  const options = '--memory 1024 --set MODE=live --region eu-west-1 --auth iam --throttle 5,10';
  const { targets } = await prepared([
    'aws',
    ...options.split(' '),
    '--env',
    join(dir, 'live.env'),
  ]);
  expect(targets).toMatchObject([
    {
      regionSource: null,
      target: {
        name: 'shop',
        region: 'eu-west-1',
        memoryMiB: 1024,
        environment: { MODE: 'live', LEVEL: 'info', FROM_FILE: '1' },
        secrets: { KEY: expect.stringContaining('{{resolve:') },
        auth: 'iam',
        throttle: { rate: 5, burst: 10 },
      },
    },
  ]);
});

test('an option stands over what the config file says of one cloud', async () => {
  const builder = 'builder@shop-123456.iam.gserviceaccount.com';
  const access = ['--auth', 'iam', '--invoker', 'user:a@b.example', '--build-account', builder];
  const options = ['--memory', '2048', ...access];
  const secret = ['--secret', 'KEY=projects/shop-123456/secrets/key:1'];
  const { targets } = await prepared(['google', ...options, ...secret]);
  expect(targets).toMatchObject([
    {
      target: {
        memoryMiB: 2048,
        account: 'shop-123456',
        invokers: ['user:a@b.example'],
        buildAccount: builder,
      },
    },
  ]);
});

test('every cloud gets its own command line of the whole request', async () => {
  const typed = ['--function', 'f.ts', '--set', 'API_KEY=hunter2-planted'];
  const secrets = ['google', 'azure'].flatMap((cloud) => [
    '--secret',
    `${cloud}:KEY=${references[cloud]}`,
  ]);
  const { targets, contextFor } = await prepared(['aws,google,azure', ...typed, ...secrets]);
  const { signal } = new AbortController();
  const lines = targets.map(({ target }) => contextFor({ signal }).nextCommand('deploy', target));
  const rest = `--function f.ts --set API_KEY="\${API_KEY:?}" ${secrets.join(' ')}`;
  expect(lines).toEqual(
    ['aws', 'google', 'azure'].map(
      (cloud) => `npx tricloud deploy ${cloud} ${rest} --config ${join(dir, 'tricloud.json')}`,
    ),
  );
});

const references: Readonly<Record<string, string>> = {
  google: 'projects/shop-123456/secrets/key:1',
  azure: 'https://shop.vault.azure.net/secrets/key',
};

test.each([
  { options: '', region: 'europe-west1', source: 'CLOUDSDK_FUNCTIONS_REGION' },
  { options: '--region us-east1', region: 'us-east1', source: null },
])('with $options, the region is $region', async ({ options, region, source }) => {
  vi.stubEnv('CLOUDSDK_FUNCTIONS_REGION', 'europe-west1');
  const secret = ['--secret', `google:KEY=${references['google']}`];
  const args = ['google', ...options.split(' ').filter(Boolean), ...secret];
  const { targets } = await prepared(args);
  expect(targets).toMatchObject([{ target: { region }, regionSource: source }]);
});
