import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Target } from '@tricloud/deploy';
import { afterAll, expect, test } from 'vitest';
import { CommandError } from '../errors.ts';
import { locked } from './lock.ts';

const cacheDir = await mkdtemp(join(tmpdir(), 'tricloud-lock-'));
const locks = join(cacheDir, 'deploy', 'locks');
afterAll(() => rm(cacheDir, { recursive: true }));

const home = { root: cacheDir, cacheDir };
const target: Target = {
  cloud: 'aws',
  name: 'tricloud',
  stage: 'dev',
  region: 'us-east-1',
  memoryMiB: 256,
  vcpu: null,
  architecture: 'x86_64',
  timeoutSeconds: 29,
  concurrency: 1,
  maxInstances: null,
  environment: {},
  secrets: {},
  account: null,
  auth: 'none',
  invokers: [],
  throttle: null,
  buildAccount: null,
};

test('one command at a time changes a deployment, and others change others', async () => {
  await locked(target, home, async () => {
    await expect(locked(target, home, async () => 'both')).rejects.toThrow(CommandError);
    expect(await locked({ ...target, stage: 'live' }, home, async () => 'other')).toBe('other');
  });
  expect(await locked(target, home, async () => 'next')).toBe('next');
});

test('a command that failed lets the next one in', async () => {
  const failing = locked(target, home, async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await readdir(locks)).toEqual([]);
});

test('the lock of a command that was killed blocks no other', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  await mkdir(locks, { recursive: true });
  await writeFile(join(locks, 'aws_tricloud_dev_us-east-1.lock'), String(child.pid));
  expect(await locked(target, home, async () => 'in')).toBe('in');
});
