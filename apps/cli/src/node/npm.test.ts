import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findNpm } from './npm.ts';

let dir = '';
const at = (path: string) => join(dir, path);

beforeAll(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'tricloud-npm-')));
  for (const path of ['own/lib/npm-cli.js', 'win/node_modules/npm/bin/npm-cli.js', 'shim/npm']) {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), '');
  }
  await mkdir(at('own/bin'));
  await symlink(at('own/lib/npm-cli.js'), at('own/bin/npm'));
});
afterAll(() => rm(dir, { recursive: true }));

test.each([
  { exec: 'own/bin/node', path: ['win'], npm: 'own/lib/npm-cli.js', why: 'a link beside Node' },
  {
    exec: 'win/node.exe',
    path: ['own/bin'],
    npm: 'win/node_modules/npm/bin/npm-cli.js',
    why: 'a folder beside Node, as on Windows',
  },
  {
    exec: 'none/node',
    started: 'own/lib/npm-cli.js',
    path: ['win'],
    npm: 'own/lib/npm-cli.js',
    why: 'the npm that started the command',
  },
  {
    exec: 'shim/node',
    path: ['none', 'shim', 'own/bin'],
    npm: 'own/lib/npm-cli.js',
    why: 'the first on PATH that is no shell script',
  },
  { exec: 'shim/node', path: ['shim'], npm: undefined, why: 'a shell script is not run' },
])('npm is $npm: $why', async ({ exec, started = 'none', path, npm }) => {
  const env = { npm_execpath: at(started), PATH: path.map(at).join(delimiter) };

  expect(await findNpm({ execPath: at(exec), env })).toBe(npm && at(npm));
});
