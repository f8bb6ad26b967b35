import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const appDir = fileURLToPath(new URL('..', import.meta.url));
const read = async (path: string) => JSON.parse(await readFile(join(appDir, path), 'utf8'));

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tricloud-google-native-'));
});
afterAll(() => rm(dir, { recursive: true }));

test('npm start builds the function and serves it with the functions framework', async () => {
  // Where PORT is a path the framework listens on a Unix socket instead of on every interface.
  const socketPath = join(dir, 'socket');
  const env = { ...process.env, PORT: socketPath };
  const child = spawn('npm', ['start'], { cwd: appDir, env, stdio: 'ignore', detached: true });
  const exited = once(child, 'exit');
  try {
    expect(JSON.parse(await bodyOf(socketPath, '/v1/whoami'))).toMatchObject({
      provider: 'google',
    });
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await exited;
  }
}, 60_000);

describe('npm run deploy:native', async () => {
  const { scripts } = await read('package.json');
  const [build, gcloud = ''] = scripts['deploy:native'].split(' && ');
  const flags = Object.fromEntries(
    [...gcloud.matchAll(/--([\w-]+)(?:=(\S+))?/g)].map(([, name, value]) => [name, value ?? true]),
  );

  test('builds first, and uploads what was built', () => {
    expect({ build, command: gcloud.split(' --')[0], source: flags.source }).toEqual({
      build: 'npm run build',
      command: 'gcloud functions deploy tricloud',
      source: 'dist',
    });
  });

  test('names the Node version of the package.json in dist/ and the function in its bundle', async () => {
    const { engines, scripts: start, main } = await read('dist/package.json');
    expect(flags.runtime).toBe(`nodejs${engines.node}`);
    expect(start.start).toBe(`functions-framework --target=${flags['entry-point']}`);
    expect(await readFile(join(appDir, 'dist', main), 'utf8')).toMatch(/export\{\w+ as tricloud\}/);
  });
});

/** The body of the first response from a socket that is about to be listened on. */
async function bodyOf(socketPath: string, path: string): Promise<string> {
  for (;;) {
    try {
      const [response] = await once(request({ socketPath, path }).end(), 'response');
      return await text(response);
    } catch {
      await delay(20);
    }
  }
}
