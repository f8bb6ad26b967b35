import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ProviderId } from '@tricloud/core';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { packageApp } from '../src/deploy/package-app.ts';
import { noAccount } from './no-account.ts';
import { linesUntil, root, start, tricloud } from './tricloud.ts';
import { createWorkspace, writeAll } from './workspace.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const env = noAccount;

let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let away = '';
beforeAll(async () => {
  workspace = await createWorkspace();
  // Far from any node_modules: what is not in the deployment package is not there.
  away = await realpath(await mkdtemp(join(tmpdir(), 'tricloud-unpacked-')));
});
afterAll(async () => {
  await workspace.remove();
  await rm(away, { recursive: true });
});

/** Unpacks what would be uploaded into an empty folder, and asks it by the provider's own entry. */
async function answerOf(cloud: ProviderId, file: string | undefined, path: string) {
  const dir = join(away, `${cloud}-${file === undefined ? 'ours' : 'theirs'}`);
  const { deploymentPackage, dynamicImports: missing } = await packageApp(cloud, file, {
    root,
    cacheDir: join(away, 'cache'),
  });
  await mkdir(dir);
  await writeAll(dir, unzipSync(deploymentPackage.bytes));
  return { missing, text: await entries[cloud](dir, path) };
}

const entries: Readonly<Record<ProviderId, (dir: string, path: string) => Promise<string>>> = {
  async aws(dir, path) {
    const event = { version: '2.0', rawPath: path, requestContext: { http: { method: 'GET' } } };
    const script = `import('./index.mjs').then(async ({ handler }) =>
      console.log((await handler(${JSON.stringify(event)}, {})).body))`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { cwd: dir });
    return stdout.trimEnd();
  },
  async google(dir, path) {
    const port = await freePort();
    const main = join(root, 'node_modules/@google-cloud/functions-framework/build/src/main.js');
    const args = [main, '--target=tricloud', `--port=${port}`];
    return ask(spawn(process.execPath, args, { cwd: dir }), `http://127.0.0.1:${port}${path}`);
  },
  async azure(dir, path) {
    const child = start(['azure-host', dir, '--port', '0']);
    const lines = await linesUntil(child, (all) => /http\S+:\d+\//.test(all.at(-1) ?? ''));
    const [, origin = ''] = /(http:\/\/[^/]+)\//.exec(lines.at(-1) ?? '') ?? [];
    return ask(child, `${origin}${path}`);
  },
};

async function ask(child: ChildProcess, url: string): Promise<string> {
  const ended = once(child, 'exit');
  try {
    for (;;) {
      const response = await fetch(url).catch(() => undefined);
      if (response !== undefined) return await response.text();
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
      await sleep(50);
    }
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

describe.each(['aws', 'google', 'azure'] as const)(
  'a deployment package for %s in an empty folder',
  (id) => {
    test('answers for the function that ships', async () => {
      const { missing, text } = await answerOf(id, undefined, '/v1/whoami');
      expect({ missing, provider: JSON.parse(text).provider }).toEqual({
        missing: [],
        provider: id,
      });
    });

    test('answers for a function of packages of its workspace and of npm, CommonJS too', async () => {
      const file = join(workspace.site, 'function.ts');
      expect(await answerOf(id, file, '/')).toEqual({
        missing: [],
        text: `xin chào ${id}, true index.mjs true`,
      });
    });
  },
);

const plan = (name: string, ...flags: readonly string[]) => {
  const file = join(workspace.site, name);
  return tricloud(['plan', 'aws', '--offline', '--function', file, ...flags], { env });
};

describe('a plan of a function that cannot be bundled whole', () => {
  test.each([
    [
      'addon.ts',
      'node_modules/addon/build/addon.node is a native addon, and a bundle holds JavaScript only',
    ],
    ['missing.ts', 'Could not resolve "not-installed"'],
  ])('refuses %s and names the place', async (name, said) => {
    const { code, stdout, stderr } = await plan(name);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('tricloud: aws: the app cannot be built: ');
    expect(stderr).toContain(said);
  });

  test.each([
    ['named.ts', 'packages/site/named.ts:2'],
    ['required.ts', 'node_modules/loads/index.js:1'],
  ])('says what %s may miss, to a person and to a script', async (name, place) => {
    const said = `${join(workspace.dir, place)}: dynamic import or require: the module that it loads is not in the bundle`;
    const { code, stdout } = await plan(name, '--json');
    expect({ code, missing: JSON.parse(stdout)[0].missing }).toEqual({ code: 0, missing: [said] });
    const { stdout: text } = await plan(name);
    expect(text.replaceAll(/\n +/g, ' ')).toContain(said);
  });
});
