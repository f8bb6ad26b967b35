import { mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { functionNode } from './function-node.ts';

test('a relative --node is the absolute path of its binary', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'tricloud-function-node-'));
  await symlink(process.execPath, join(dir, 'mynode'));
  const { path, version } = await functionNode(relative(process.cwd(), join(dir, 'mynode')));
  await rm(dir, { recursive: true });

  expect(path).toBe(await realpath(process.execPath));
  expect(version).toBe(process.versions.node);
});

test('a --node on the PATH is the absolute path of its binary', async () => {
  const { path } = await functionNode('node');

  expect(isAbsolute(path)).toBe(true);
});
