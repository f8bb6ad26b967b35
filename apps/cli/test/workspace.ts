import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './tricloud.ts';

const files = {
  'package.json': '{ "name": "shop", "private": true, "workspaces": ["packages/*"] }',
  'packages/greet/package.json':
    '{ "name": "@shop/greet", "version": "1.0.0", "type": "module", "exports": "./greet.ts" }',
  'packages/greet/greet.ts': 'export const greet = (who: string): string => `xin chào ${who}`;',
  'packages/site/package.json':
    '{ "name": "@shop/site", "version": "1.0.0", "type": "module", "dependencies": { "@shop/greet": "1.0.0" } }',
  'packages/site/function.ts': `import { greet } from '@shop/greet';
import mime from 'mime-types';
import places from 'places';
export const handler = (_request: Request, { provider }: { provider: string }) =>
  new Response(greet(provider) + ', ' + places(), { headers: { 'content-type': mime.contentType('txt') || '' } });`,
  'packages/site/addon.ts':
    "import addon from 'addon'; export const handler = () => Response.json(addon);",
  'packages/site/named.ts': `export const handler = async (request: Request) =>
  Response.json(await import(new URL(request.url).pathname));`,
  'packages/site/required.ts':
    "import load from 'loads'; export const handler = () => Response.json(load('./a'));",
  'packages/site/missing.ts':
    "import gone from 'not-installed'; export const handler = () => Response.json(gone);",
};

const packages = {
  'places/index.js': `const path = require('path');
module.exports = () => [typeof require === 'function', path.basename(__filename), path.isAbsolute(__dirname)].join(' ');`,
  'addon/index.js': "module.exports = require('./build/addon.node');",
  'addon/build/addon.node': 'not read',
  'loads/index.js': "module.exports = (name) => require(name + '/index.js');",
};

/** Somebody's workspace, linked by npm itself, with a real package of CommonJS and three that are hard to bundle. */
export async function createWorkspace() {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'tricloud-workspace-')));
  await writeAll(dir, files);
  await promisify(execFile)(
    'npm',
    ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'],
    { cwd: dir, shell: process.platform === 'win32' },
  );
  const installed = join(dir, 'node_modules');
  for (const name of ['mime-types', 'mime-db']) {
    await cp(join(root, 'node_modules', name), join(installed, name), { recursive: true });
  }
  await writeAll(installed, packages);
  return {
    dir,
    site: join(dir, 'packages', 'site'),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

/** Writes files, with the folders that they are in. */
export async function writeAll(
  dir: string,
  all: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
}
