import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hasAccountSigns } from './account-signs.ts';

const root = await mkdtemp(join(tmpdir(), 'tricloud-signs-'));
afterAll(() => rm(root, { recursive: true }));

const found = (env: Readonly<Record<string, string>>, home: string) =>
  (['aws', 'google', 'azure'] as const).filter((cloud) => hasAccountSigns(cloud, env, home));

test.each([
  [{}, []],
  [{ AWS_ACCESS_KEY_ID: '' }, []],
  [{ AWS_PROFILE: 'shop' }, ['aws']],
  [{ GOOGLE_APPLICATION_CREDENTIALS: '/key.json' }, ['google']],
  [{ AZURE_CLIENT_ID: 'id' }, ['azure']],
])('the variables %j are signs of %j', (env, clouds) => {
  expect(found(env, root)).toEqual(clouds);
});

test.each([
  ['.aws/config', ['aws']],
  ['.aws/credentials', ['aws']],
  ['.config/gcloud/application_default_credentials.json', ['google']],
  ['.azure/azureProfile.json', ['azure']],
])('the file %s is a sign of %j', async (path, clouds) => {
  const home = await mkdtemp(join(root, 'home-'));
  await mkdir(dirname(join(home, path)), { recursive: true });
  await writeFile(join(home, path), '');
  expect(found({}, home)).toEqual(clouds);
});
