import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LocalCloudError } from './errors.ts';

/**
 * Makes the folder of this run below the cache, and removes those of runs that ended without a word.
 * @throws {LocalCloudError} naming a cache that cannot be written.
 */
export async function makeRunFolder(cacheDir: string): Promise<string> {
  await removeAbandoned(cacheDir);
  const folder = path.join(cacheDir, `run-${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new LocalCloudError(`${cacheDir} cannot be written: ${String(error)}`, { cause: error });
  });
  return folder;
}

/** A private folder for Unix sockets; their full path may have about a hundred bytes. */
export function makeSocketFolder(): Promise<string> {
  const base = tmpdir().length < 70 ? tmpdir() : '/tmp';
  return mkdtemp(path.join(base, 'tricloud-'));
}

async function removeAbandoned(cacheDir: string): Promise<void> {
  const names = await readdir(cacheDir).catch(() => []);
  await Promise.all(
    names.map(async (name) => {
      const pid = /^run-(\d+)-/.exec(name)?.[1];
      if (pid === undefined || isAlive(Number(pid))) return;
      await rm(path.join(cacheDir, name), { recursive: true, force: true });
    }),
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
