import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeployContext } from '../engine/cloud.ts';
import { isRunning } from '../engine/is-running.ts';
import type { DeploymentFile } from './deployment-file.ts';

/** The files of the app that say what is deployed. */
const configuration = ['serverless.yml', 'plugin.cjs'] as const;

/** The bytes of the files that say what is deployed, for a fingerprint. */
export async function configurationOf(appDir: string): Promise<readonly Uint8Array[]> {
  return Promise.all(configuration.map((name) => readFile(join(appDir, name))));
}

/**
 * A folder of its own with everything that the framework reads, gone when `use` has ended: the framework writes
 * beside its configuration, and two runs in one folder would write over each other.
 */
export async function inServiceDir<T>(
  { appDir, cacheDir }: Pick<DeployContext, 'appDir' | 'cacheDir'>,
  file: DeploymentFile,
  archive: Uint8Array,
  use: (serviceDir: string) => Promise<T>,
): Promise<T> {
  await mkdir(cacheDir, { recursive: true });
  await removeAbandoned(cacheDir);
  const dir = await mkdtemp(join(cacheDir, `aws-${process.pid}-`));
  try {
    await Promise.all([
      ...configuration.map((name) => copyFile(join(appDir, name), join(dir, name))),
      writeFile(join(dir, 'deployment.json'), JSON.stringify(file)),
      writeFile(join(dir, file.artifact), archive),
    ]);
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The function's variables stand in a folder: whoever was killed could not remove its own. */
async function removeAbandoned(cacheDir: string): Promise<void> {
  const abandoned = (await readdir(cacheDir)).filter((name) => {
    const [, pid] = /^aws-(\d+)-/.exec(name) ?? [];
    return pid !== undefined && !isRunning(Number(pid));
  });
  await Promise.all(
    abandoned.map((name) => rm(join(cacheDir, name), { recursive: true, force: true })),
  );
}
