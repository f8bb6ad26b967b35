import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const appDir = fileURLToPath(new URL('..', import.meta.url));
const read = async (path: string) => JSON.parse(await readFile(join(appDir, path), 'utf8'));

test('npm start builds the function and serves it with the Azure host', async () => {
  const child = spawn('npm', ['start', '--', '--port', '0'], {
    cwd: appDir,
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const exited = once(child, 'exit');
  try {
    const response = await fetch(`${await originIn(child.stdout)}/v1/whoami`);
    expect(await response.json()).toMatchObject({ provider: 'azure' });
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await exited;
  }
}, 60_000);

test('npm run deploy:native builds first and publishes from dist/, a function app of its own', async () => {
  const { scripts } = await read('package.json');
  expect(scripts['deploy:native']).toBe(
    'npm run build && cd dist && func azure functionapp publish',
  );
  const { main, type } = await read('dist/package.json');
  const { version, extensions } = await read('dist/host.json');
  expect({ type, version, routePrefix: extensions.http.routePrefix }).toEqual({
    type: 'module',
    version: '2.0',
    routePrefix: '',
  });
  expect(await readFile(join(appDir, 'dist', main), 'utf8')).toContain('tricloud');
});

/** The origin in the list of functions that the host prints when it has started. */
async function originIn(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const [, origin] = /(http:\/\/[^/\s]+:\d+)\//.exec(line) ?? [];
    if (origin !== undefined) {
      output.resume();
      return origin;
    }
  }
  throw new Error('the host ended without a URL');
}
