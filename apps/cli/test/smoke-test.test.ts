import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realTiming } from '@tricloud/deploy';
import { startLocalCloud } from '@tricloud/local-cloud';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smokeTest } from '../src/deploy/smoke-test.ts';
import { root } from './tricloud.ts';

const cacheDir = await mkdtemp(join(tmpdir(), 'tricloud-smoke-'));
let cloud: Awaited<ReturnType<typeof startLocalCloud>>;

beforeAll(async () => {
  cloud = await startLocalCloud({
    providers: ['aws'],
    appsDir: join(root, 'apps'),
    cacheDir,
    ports: { console: 0, aws: 0, google: 0, azure: 0 },
    watch: false,
    onEvent: () => {},
  });
});

afterAll(async () => {
  await cloud.close();
  await rm(cacheDir, { recursive: true });
});

const options = {
  id: null,
  sign: async (request: Request) => request,
  env: {},
  signal: new AbortController().signal,
  timing: realTiming,
  runsCases: true,
};

test('the function that ships passes through its URL', async () => {
  const { passed, failures } = await smokeTest('aws', cloud.urls.aws ?? '', options);
  expect(failures).toEqual([]);
  expect(passed).toBeGreaterThan(5);
});

test('a function that runs elsewhere than it should fails, and the fault is reported', async () => {
  const { failures } = await smokeTest('azure', cloud.urls.aws ?? '', options);
  expect(failures).toEqual([expect.stringContaining('D02 the function knows which provider')]);
});
