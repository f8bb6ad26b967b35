import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noAccount } from './no-account.ts';
import { tricloud } from './tricloud.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tricloud-next-'));
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const key = {
    type: 'service_account',
    project_id: 'shop-123456',
    client_email: 'a@shop-123456.iam.gserviceaccount.com',
    private_key: privateKey,
    token_uri: 'https://127.0.0.1:1/token',
  };
  await Promise.all([
    writeFile(join(dir, 'key.json'), JSON.stringify(key)),
    writeFile(join(dir, 't.json'), '{}'),
    writeFile(join(dir, 'f.ts'), "export const handler = () => new Response('hello');"),
  ]);
});
afterAll(() => rm(dir, { recursive: true }));

/** Credentials whose provider does not respond: nothing listens on port 1. */
const env = {
  ...noAccount,
  AWS_ACCESS_KEY_ID: 'AKIAPLANTEDPLANTED77',
  AWS_SECRET_ACCESS_KEY: 'planted/aws+secret/access/key/0123456789',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  AWS_MAX_ATTEMPTS: '1',
  AZURE_TENANT_ID: '00000000-0000-4000-8000-000000000000',
  AZURE_CLIENT_ID: '00000000-0000-4000-8000-000000000001',
  AZURE_CLIENT_SECRET: 'planted~azure.client.secret~0123456789',
  AZURE_AUTHORITY_HOST: 'https://127.0.0.1:1',
};

test.each(['google'])('after a failure on %s, every hint can be pasted', async (cloud) => {
  const typed = '--function f.ts --memory 2048 --set MODE=live --config t.json';
  const secret = ['--set', 'API_KEY=hunter2-planted'];
  const args = ['deploy', cloud, ...typed.split(' '), ...secret, '--yes'];
  const { code, stderr } = await tricloud(args, {
    cwd: dir,
    env: { ...env, GOOGLE_APPLICATION_CREDENTIALS: join(dir, 'key.json') },
  });
  const hints = stderr.match(/^hint: .*$/gm) ?? [];
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.not.stringContaining('hunter2') });
  expect(hints.length).toBeGreaterThan(0);
  const again =
    '--function f.ts --memory 2048 --set MODE=live --set API_KEY="${API_KEY:?}" --config t.json';
  for (const hint of hints) {
    expect(hint).toMatch(new RegExp(`^hint: npx tricloud \\w+ ${cloud} `));
    const isOfFunction = /^hint: npx tricloud (?:plan|deploy) /.test(hint);
    expect(hint).toContain(isOfFunction ? again : '--config t.json');
    expect(hint.includes('--set')).toBe(isOfFunction);
  }
});
