import { once } from 'node:events';
import { createServer } from 'node:net';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildAppInto } from '@tricloud/build';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linesUntil, root, start, tricloud } from './tricloud.ts';

let app = '';

beforeAll(async () => {
  // Below the workspace's node_modules, where the app finds @azure/functions.
  const cache = join(root, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  app = await mkdtemp(join(cache, 'tricloud-app-'));
  await writeFile(join(app, 'package.json'), '{ "type": "module", "main": "index.mjs" }');
  await writeFile(join(app, 'host.json'), '{ "version": "2.0" }');
  await writeFile(
    join(app, 'index.mjs'),
    `import { app } from '@azure/functions';
app.http('hi', { methods: ['GET'], authLevel: 'anonymous', route: 'hi/{name}', handler: (request, context) => {
  context.log('hello to ' + request.params.name);
  return { body: 'hi ' + request.params.name };
} });`,
  );
});
afterAll(() => rm(app, { recursive: true }));

test('lists the functions when it is ready, shows what they log, and stops on a signal', async () => {
  const child = start(['azure-host', app, '--port', '0']);
  const lines = await linesUntil(child, (all) => all.at(-1)?.startsWith('\thi: [GET]') === true);
  const [, url = ''] = /hi: \[GET\] (http\S+)/.exec(lines.at(-1) ?? '') ?? [];
  const logged = linesUntil(child, (all) => all.some((line) => line.includes('hello to Lan')));
  const response = await fetch(url.replace('{name}', 'Lan'));
  const body = await response.text();
  await logged;
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');

  expect(lines.filter((line) => line === 'Functions:')).toHaveLength(1);
  expect({ status: response.status, body, code }).toEqual({ status: 200, body: 'hi Lan', code: 0 });
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

test('serves what the build of apps/azure-functions writes to dist, as the README says', async () => {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const [, folder] = /npm run build && npx tricloud azure-host (\S+)/.exec(readme) ?? [];
  expect(folder).toBe('apps/azure-functions/dist');
  const dist = join(app, 'dist');
  await buildAppInto(dist, { provider: 'azure', appsDir: join(root, 'apps') });
  const child = start(['azure-host', dist, '--port', '0']);
  const lines = await linesUntil(child, (all) => all.some((line) => /http:\S+\d/.test(line)));
  const [origin = ''] = /http:\/\/[^/\s]+/.exec(lines.join('\n')) ?? [];
  const { status } = await fetch(`${origin}/v1/whoami`);
  child.kill('SIGTERM');
  await once(child, 'exit');

  expect(status).toBe(200);
});

test('a port in use is one line', async () => {
  const child = start(['azure-host', app, '--port', '0']);
  const lines = await linesUntil(child, (all) => all.at(-1)?.startsWith('\thi: [GET]') === true);
  const [, port = ''] = /localhost:(\d+)/.exec(lines.join('\n')) ?? [];
  const second = await tricloud(['azure-host', app, '--port', port]);
  child.kill('SIGTERM');
  await once(child, 'exit');

  expect({ code: second.code, stderr: second.stderr }).toEqual({
    code: 1,
    stderr: `tricloud: port ${port} is in use\nhint: --port N takes another, --port 0 a free one\n`,
  });
});

test('the port of local.settings.json is taken where none is given', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await writeFile(join(app, 'local.settings.json'), `{ "Host": { "LocalHttpPort": ${port} } }`);
  const { code, stderr } = await tricloud(['azure-host', app]);
  await rm(join(app, 'local.settings.json'));
  server.close();

  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `tricloud: port ${port} is in use\nhint: --port N takes another, --port 0 a free one\n`,
  });
});

test('an app that never finishes loading stops on a signal', async () => {
  const loops = await mkdtemp(join(root, 'node_modules', '.cache', 'tricloud-app-'));
  await writeFile(join(loops, 'package.json'), '{ "type": "module", "main": "index.mjs" }');
  await writeFile(join(loops, 'index.mjs'), "console.log('loading'); for (;;);");
  const child = start(['azure-host', loops, '--port', '0']);
  const [, [code]] = await Promise.all([
    linesUntil(child, (all) => all.some((line) => line.includes('loading'))).then(() =>
      child.kill('SIGTERM'),
    ),
    once(child, 'exit'),
  ]);
  await rm(loops, { recursive: true });

  expect(code).toBe(0);
});
