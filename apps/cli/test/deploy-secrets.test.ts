import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noAccount } from './no-account.ts';
import { root, tricloud } from './tricloud.ts';

const cache = join(root, 'node_modules', '.cache');

/** Values that must never be shown, by where they are planted. */
const planted = {
  AWS_ACCESS_KEY_ID: 'AKIAPLANTEDPLANTED77',
  AWS_SECRET_ACCESS_KEY: 'planted/aws+secret/access/key/0123456789',
  AWS_SESSION_TOKEN: 'planted-aws-session-token-0123456789',
  AZURE_CLIENT_SECRET: 'planted~azure.client.secret~0123456789',
  NPM_TOKEN: 'planted-npm-token-0123456789',
  flag: 'planted "flag" value & more',
  file: 'planted-env-file-value-0123456789',
  settings: 'planted-settings-value-0123456789',
  url: 'planted-url-password',
  odd: 'planted-by-no-telling-name-7f3a9c',
};
const forms = Object.values(planted).flatMap((value) => [
  value,
  JSON.stringify(value).slice(1, -1),
  encodeURIComponent(value),
  Buffer.from(value).toString('base64').replace(/=+$/, ''),
]);

let dir = '';
const { flag, file, settings, url, odd, ...variables } = planted;
const env = {
  ...noAccount,
  ...variables,
  // Nothing listens there: the output is a failure with all its details.
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  AZURE_TENANT_ID: '00000000-0000-4000-8000-000000000000',
  AZURE_CLIENT_ID: '00000000-0000-4000-8000-000000000001',
  AZURE_AUTHORITY_HOST: 'https://127.0.0.1:1',
  TRICLOUD_DEBUG: '1',
};

beforeAll(async () => {
  dir = await mkdtemp(join(cache, 'tricloud-secrets-'));
  await writeFile(join(dir, 'live.env'), `DATABASE_PASSWORD=${file}\nODD=${odd}\n`);
  await writeFile(
    join(dir, 'tricloud.json'),
    JSON.stringify({
      environment: {
        MODE: 'live',
        STRIPE_SECRET: settings,
        DATABASE: `postgres://shop:${url}@db.example/shop`,
      },
    }),
  );
});
afterAll(() => rm(dir, { recursive: true }));

const withSecrets = ['--set', `API_KEY=${flag}`, '--env', 'live.env'];
const clouds = ['aws', 'google', 'azure'];

test.each([
  ['plan', [...clouds, '--offline', '--requests'], 0],
  ['plan', [...clouds, '--offline', '--json'], 0],
  ['plan', ['aws', 'azure'], 0],
  ['deploy', [...clouds, '--yes'], 1],
  ['deploy', [...clouds, '--yes', '--json'], 1],
  ['status', clouds, 1],
  ['rollback', ['aws', 'azure', '--yes'], 1],
  ['remove', ['aws', 'azure', '--yes'], 1],
  ['logs', ['aws'], 1],
  ['doctor', ['--json'], 1],
] as const)('no secret is in what %s %j tells', async (command, args, expected) => {
  const { code, stdout, stderr } = await tricloud([command, ...args, ...withSecrets], {
    cwd: dir,
    env,
  });
  expect({ code, stderr }).toEqual({ code: expected, stderr: expect.any(String) });
  expect(forms.filter((form) => `${stdout}${stderr}`.includes(form))).toEqual([]);
});

test('the requests of a plan have the names of its variables, and values that are no secrets', async () => {
  const args = ['plan', ...clouds, '--offline', '--requests', ...withSecrets];
  const { stdout } = await tricloud(args, { cwd: dir, env });
  expect(stdout).toContain('"STRIPE_SECRET": "[redacted]"');
  expect(stdout).toContain('"MODE": "live"');
});

test('no secret is in a file that the commands leave', async () => {
  const kept = join(cache, 'tricloud', 'deploy');
  const names = await readdir(kept, { recursive: true, withFileTypes: true });
  // Other commands at work at this moment have folders of their own for a while.
  const files = names.filter((each) => each.isFile() && !/\baws-\w{6}\b/.test(each.parentPath));
  expect(files.length).toBeGreaterThan(0);
  for (const { parentPath, name } of files) {
    const text = await readFile(join(parentPath, name), 'latin1').catch(() => '');
    expect(forms.filter((form) => text.includes(form))).toEqual([]);
  }
});
