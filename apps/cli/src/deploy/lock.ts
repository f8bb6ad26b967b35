import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning, type Target } from '@tricloud/deploy';
import { CommandError } from '../errors.ts';
import type { Home } from '../command-line/action.ts';

/** Runs what changes a deployment while no other command on this machine does; the clouds look after the others. */
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
          hint: `it is process ${await ownerOf(file)}; wait until it has ended`,
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

/** Takes the lock; false where somebody has it. */
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

/** A command that was killed leaves its lock behind. */
async function dropStale(file: string): Promise<void> {
  const pid = await ownerOf(file);
  // A lock whose owner has not yet written who it is has one.
  if (pid !== 0 && !isRunning(pid)) await rm(file, { force: true });
}

async function ownerOf(file: string): Promise<number> {
  return Number(await readFile(file, 'utf8').catch(() => ''));
}
