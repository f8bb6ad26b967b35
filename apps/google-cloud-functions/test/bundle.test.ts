import type { HttpFunction } from '@google-cloud/functions-framework';
import { buildAppInto } from '@tricloud/build';
import { cases, type ParityCase, type Place, runCases } from '@tricloud/parity';
import { googleSend, type ServedSend } from '@tricloud/parity/drivers';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const outdir = await mkdtemp(join(tmpdir(), 'tricloud-google-'));
afterAll(() => rm(outdir, { recursive: true }));

const appsDir = fileURLToPath(new URL('../..', import.meta.url));
const probe = fileURLToPath(import.meta.resolve('@tricloud/parity/probe'));
const bundles = { probe: await bundle('probe', probe), shipped: await bundle('shipped') };

describe('the bundle with the probe in the functions framework', () => {
  let served: ServedSend;
  beforeAll(async () => {
    served = await googleSend(load(bundles.probe));
  });
  afterAll(() => served.close());

  test.each(told('bundle'))('%s', async (_name, parityCase) => {
    const { send } = served;
    const [result] = await runCases({
      provider: 'google',
      place: 'bundle',
      send,
      cases: [parityCase],
    });
    expect(result).toMatchObject({ status: expect.toBeOneOf(['passed', 'impossible']) });
  });
});

describe('the bundle that is deployed', () => {
  let served: ServedSend;
  beforeAll(async () => {
    served = await googleSend(load(bundles.shipped));
  });
  afterAll(() => served.close());

  test.each(told('deployed'))('%s', async (_name, parityCase) => {
    const { send } = served;
    const [result] = await runCases({
      provider: 'google',
      place: 'deployed',
      send,
      cases: [parityCase],
    });
    expect(result).toMatchObject({ id: parityCase.id, status: 'passed' });
  });

  test('is small', async () => {
    const { byteLength } = gzipSync(await readFile(bundles.shipped), { level: 9 });
    expect(byteLength).toBeLessThanOrEqual(105_000);
  });

  test('has its source map beside it', async () => {
    expect(await readFile(bundles.shipped, 'utf8')).toContain('//# sourceMappingURL=index.mjs.map');
    const map: { sources: string[] } = JSON.parse(await readFile(`${bundles.shipped}.map`, 'utf8'));
    expect(
      map.sources.filter((source) => source.endsWith('google-cloud-functions/src/index.ts')),
    ).toHaveLength(1);
  });

  test('starts by the script of what is deployed', async () => {
    const folder = join(outdir, 'shipped');
    const { scripts }: { scripts: { start: string } } = JSON.parse(
      await readFile(join(folder, 'package.json'), 'utf8'),
    );
    // Where PORT is a path the framework listens on a Unix socket instead of on every interface.
    const socketPath = join(folder, 'socket');
    const [framework = '', ...flags] = scripts.start.split(' ');
    const child = spawn(
      fileURLToPath(import.meta.resolve(`../../../node_modules/.bin/${framework}`)),
      flags,
      {
        cwd: folder,
        env: { ...process.env, PORT: socketPath },
        stdio: 'ignore',
      },
    );
    try {
      const answer: unknown = JSON.parse(await answerOf(socketPath, '/v1/whoami'));
      expect(answer).toMatchObject({ provider: 'google' });
    } finally {
      child.kill();
      await once(child, 'exit');
    }
  });
});

/** Builds the app as it is deployed, perhaps with another function in place of ours. */
async function bundle(name: string, functionFile?: string): Promise<string> {
  const replacement = functionFile === undefined ? {} : { functionFile };
  await buildAppInto(join(outdir, name), { provider: 'google', appsDir, ...replacement });
  return join(outdir, name, 'index.mjs');
}

/** Loads a bundle as Node does; an `import()` here would be transformed. */
function load(file: string): HttpFunction {
  const { tricloud }: { tricloud: HttpFunction } = createRequire(import.meta.url)(file);
  return tricloud;
}

function told(place: Place): [string, ParityCase][] {
  return cases
    .filter(({ kind, where }) => kind === 'requests' && where.includes(place))
    .map((each) => [`${each.id} ${each.title}`, each]);
}

/** The body of the first response from a socket that is about to be listened on. */
async function answerOf(socketPath: string, path: string): Promise<string> {
  for (;;) {
    try {
      const [response] = await once(request({ socketPath, path }).end(), 'response');
      return await text(response);
    } catch {
      await delay(20);
    }
  }
}
