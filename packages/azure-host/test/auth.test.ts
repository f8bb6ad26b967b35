import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start, type Started } from './support.ts';

let started: Started;
let master: string;
let functionKey: string;
let systemKey: string;
let ownKey: string;
const folder = mkdtempSync(join(tmpdir(), 'tricloud-azure-keys-'));
const keysFile = join(folder, 'keys.json');

beforeAll(async () => {
  started = await start('buffered', {
    enableAuth: true,
    keysFile,
    env: { 'AzureWebJobs.offKeyed.Disabled': 'true' },
  });
  ({
    master,
    functionKeys: { default: functionKey },
  } = JSON.parse(readFileSync(keysFile, 'utf8')));
  systemKey = await makeKey('/admin/host/systemkeys/mine');
  ownKey = await makeKey('/admin/functions/keyed/keys/own');
});
afterAll(async () => {
  await started.host.close();
  rmSync(folder, { recursive: true, force: true });
});

async function makeKey(target: string): Promise<string> {
  const answer = await started.send(target, {
    method: 'POST',
    headers: ['x-functions-key', master],
  });
  expect(answer.status).toBe(201);
  return String(Object(answer.json()).value);
}

test.each([
  ['keyed', () => undefined, 401, 'there is no key'],
  ['keyed', () => 'wrong', 401, 'the key is wrong'],
  ['keyed', () => functionKey, 200, 'a host key opens every function'],
  ['keyed', () => ownKey, 200, 'a key of the function opens it'],
  ['keyed', () => systemKey, 401, 'a system key opens no function'],
  ['keyed', () => master, 200, 'the master key opens everything'],
  ['mastersOnly', () => functionKey, 401, 'a function key does not open what is for admins'],
  ['mastersOnly', () => ownKey, 401, 'nor does the key of another function'],
  ['mastersOnly', () => master, 200, 'the master key does'],
  ['hello', () => 'wrong', 200, 'an anonymous function looks at no key'],
  ['offKeyed', () => functionKey, 404, 'a disabled function is not found'],
  ['offKeyed', () => master, 200, 'but by an admin'],
  ['offKeyed', () => undefined, 401, 'the key is looked at first'],
])('E2: %s answers as expected to a key: %s', async (name, keyOf, status, _why) => {
  const key = keyOf();
  const headers = key === undefined ? [] : ['x-functions-key', key];
  const answer = await started.send(`/api/${name}`, { headers });
  expect(answer.status).toBe(status);
  expect(answer.text === '').toBe(status !== 200);
});

test('a key may stand in the query, but the header wins', async () => {
  const inQuery = await started.send(`/api/keyed?code=${functionKey}`);
  const both = await started.send(`/api/keyed?code=${functionKey}`, {
    headers: ['x-functions-key', 'wrong'],
  });
  expect([inQuery.status, both.status]).toEqual([200, 401]);
});

test.each(['/admin/host/status', '/admin/functions', '/admin/host/keys'])(
  '%s needs the master key',
  async (target) => {
    const statuses = await Promise.all(
      [undefined, functionKey, systemKey, master].map(async (key) => {
        const headers = key === undefined ? [] : ['x-functions-key', key];
        return (await started.send(target, { headers })).status;
      }),
    );
    expect(statuses).toEqual([401, 401, 401, 200]);
  },
);

test('ping needs no key', async () => {
  expect((await started.send('/admin/host/ping')).status).toBe(200);
});

test('keys can be listed, set and removed', async () => {
  const headers = ['x-functions-key', master, 'Content-Type', 'application/json'];
  const target = '/admin/functions/keyed/keys/set';
  const put = await started.send(target, {
    method: 'PUT',
    headers,
    body: JSON.stringify({ name: 'set', value: 'chosen-value' }),
  });
  expect([put.status, put.json()]).toEqual([201, { name: 'set', value: 'chosen-value' }]);
  expect((await started.send('/api/keyed?code=chosen-value')).status).toBe(200);
  const list = await started.send('/admin/functions/keyed/keys', { headers });
  expect(list.json()).toMatchObject({
    keys: [{ name: 'default' }, { name: 'own' }, { name: 'set', value: 'chosen-value' }],
  });
  expect((await started.send(target, { method: 'DELETE', headers })).status).toBe(204);
  expect((await started.send(target, { headers })).status).toBe(404);
  expect((await started.send('/api/keyed?code=chosen-value')).status).toBe(401);
});

test('keys stand in a file of their owner and never in the log', () => {
  expect(statSync(keysFile).mode & 0o777).toBe(0o600);
  const text = started.messages().join('\n');
  expect(text).toContain(keysFile);
  for (const key of [master, functionKey, systemKey, ownKey]) expect(text).not.toContain(key);
});
