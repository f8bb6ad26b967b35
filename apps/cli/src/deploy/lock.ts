import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning, type Target } from '@tricloud/deploy';
import { CommandError } from '../errors.ts';
import type { Home } from '../command-line/action.ts';

/** Locks out other commands on this machine while a deployment is changed; the clouds lock out other machines. */
export async function locked<T>(
  { cloud, name, stage, region }: Target,
  { cacheDir }: Home,
  run: () => Promise<T>,
): Promise<T> {
  const dir = join(cacheDir, 'deploy', 'locks');
  const file = join(dir, `${[cloud, name, stage, region].map(encodeURIComponent).join('_')}.lock`);
  await mkdir(dir, { recursive: true });
  if (!(await take(file))) {
    await dropStale(file);
    if (!(await take(file))) {
      throw new CommandError(
        `${cloud}: another command is changing ${name}-${stage} in ${region}`,
        {
          hint: `it is process ${await ownerOf(file)}; wait until it has exited`,
        },
      );
    }
  }
  try {
    return await run();
  } finally {
    await rm(file, { force: true });
  }
}

/** Takes the lock; false where another process has it. */
async function take(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the lock of a process that was killed. */
async function dropStale(file: string): Promise<void> {
  const pid = await ownerOf(file);
  // An empty lock has an owner that has not written its id yet.
  if (pid !== 0 && !isRunning(pid)) await rm(file, { force: true });
}

async function ownerOf(file: string): Promise<number> {
  return Number(await readFile(file, 'utf8').catch(() => ''));
}
