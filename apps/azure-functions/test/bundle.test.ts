import { startHost, type Host } from '@tricloud/azure-host';
import { buildAppInto } from '@tricloud/build';
import {
  cases,
  httpSend,
  type HttpSend,
  type ParityCase,
  type Place,
  runCases,
} from '@tricloud/parity';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const outdir = await mkdtemp(join(tmpdir(), 'tricloud-azure-'));
afterAll(() => rm(outdir, { recursive: true }));

const appsDir = fileURLToPath(new URL('../..', import.meta.url));
const probe = fileURLToPath(import.meta.resolve('@tricloud/parity/probe'));
const bundles = { probe: await bundle('probe', probe), shipped: await bundle('shipped') };

describe('the bundle with the probe in the Azure host', () => {
  let host: Host;
  let send: HttpSend;
  beforeAll(async () => {
    host = await startHost({ appDir: join(outdir, 'probe'), port: 0 });
    send = httpSend(host.url);
  });
  afterAll(async () => {
    send.close();
    await host.close();
  });

  // The bundle is asked over HTTP, through the host: what the provider makes impossible is what it does there.
  test.each(told('local'))('%s', async (_name, parityCase) => {
    const [result] = await runCases({
      provider: 'azure',
      place: 'local',
      send,
      cases: [parityCase],
    });
    expect(result).toMatchObject({ status: expect.toBeOneOf(['passed', 'impossible']) });
  });
});

describe('the bundle that is deployed', () => {
  let host: Host;
  let send: HttpSend;
  beforeAll(async () => {
    host = await startHost({ appDir: join(outdir, 'shipped'), port: 0 });
    send = httpSend(host.url);
  });
  afterAll(async () => {
    send.close();
    await host.close();
  });

  test('has one function for every path and method', () => {
    expect(host.functions).toEqual([
      {
        name: 'tricloud',
        trigger: 'httpTrigger',
        methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
        route: '{*path}',
        isDisabled: false,
      },
    ]);
  });

  test.each(told('deployed'))('%s', async (_name, parityCase) => {
    const [result] = await runCases({
      provider: 'azure',
      place: 'deployed',
      send,
      cases: [parityCase],
    });
    expect(result).toMatchObject({ id: parityCase.id, status: 'passed' });
  });

  test('reads a body whose length nobody knows beforehand', async () => {
    const upload = request(`${host.url}/v1/comparisons`, {
      method: 'POST',
      headers: { 'transfer-encoding': 'chunked' },
    });
    upload.write('{"requestsPerMonth":1,');
    upload.end('"durationMs":1,"memoryMiB":128}');
    const [response] = await once(upload, 'response');
    expect(JSON.parse(await text(response))).toMatchObject({ workload: { memoryMiB: 128 } });
  });

  test('is small', async () => {
    const { byteLength } = gzipSync(await readFile(bundles.shipped), { level: 9 });
    expect(byteLength).toBeLessThanOrEqual(125_000);
  });

  test('has its source map beside it', async () => {
    expect(await readFile(bundles.shipped, 'utf8')).toContain('//# sourceMappingURL=index.mjs.map');
    const map: { sources: string[] } = JSON.parse(await readFile(`${bundles.shipped}.map`, 'utf8'));
    expect(
      map.sources.filter((source) => source.endsWith('azure-functions/src/index.ts')),
    ).toHaveLength(1);
  });
});

describe('the bundle that is deployed for callers with a key', () => {
  test('rejects everyone else', async () => {
    const key = 'a-key-of-the-functions-of-this-app';
    const keysFile = join(outdir, 'keys.json');
    await writeFile(keysFile, JSON.stringify({ functionKeys: { default: key } }));
    const appDir = join(outdir, 'shipped');
    const env = { TRICLOUD_AUTH: 'iam' };
    const host = await startHost({ appDir, port: 0, enableAuth: true, keysFile, env });
    const statusOf = async (headers: Record<string, string>) =>
      (await fetch(`${host.url}/v1/providers`, { headers })).status;
    const statuses = [
      await statusOf({}),
      await statusOf({ 'x-functions-key': 'another' }),
      await statusOf({ 'x-functions-key': key }),
    ];
    await host.close();
    expect(statuses).toEqual([401, 401, 200]);
  });

  test('answers everyone otherwise', async () => {
    const appDir = join(outdir, 'shipped');
    const keysFile = join(outdir, 'other-keys.json');
    const host = await startHost({ appDir, port: 0, enableAuth: true, keysFile });
    const { status } = await fetch(`${host.url}/v1/providers`);
    await host.close();
    expect(status).toBe(200);
  });
});

/** Builds the app as it is deployed, perhaps with another function in place of ours. */
async function bundle(name: string, functionFile?: string): Promise<string> {
  const folder = join(outdir, name);
  const replacement = functionFile === undefined ? {} : { functionFile };
  await buildAppInto(folder, { provider: 'azure', appsDir, ...replacement });
  return join(folder, 'index.mjs');
}

function told(place: Place): [string, ParityCase][] {
  return cases
    .filter(({ kind, where }) => kind === 'requests' && where.includes(place))
    .map((each) => [`${each.id} ${each.title}`, each]);
}
