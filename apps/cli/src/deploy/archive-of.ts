import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProviderId } from '@tricloud/core';
import { type Archive, createArchive } from '@tricloud/deploy';
import { buildApp } from '@tricloud/local-cloud';
import { appDirs } from '../app-dirs.ts';
import { CommandError } from '../errors.ts';
import type { Home } from '../main.ts';

/** Where the source maps of an archive lie. */
export function sourceMapDir({ cacheDir }: Home, cloud: ProviderId, { sha256 }: Archive): string {
  return join(cacheDir, 'deploy', cloud, sha256.slice(0, 16));
}

/** What would be uploaded, and what it may lack. */
export interface Uploaded {
  readonly archive: Archive;
  readonly missing: readonly string[];
}

/**
 * What would be uploaded: the app's bundle with the function that ships, or with the one that `functionFile` exports.
 * Its source maps are written beside the cache, where `node --enable-source-maps` and error trackers can be shown them.
 */
export async function archiveOf(
  cloud: ProviderId,
  functionFile: string | undefined,
  home: Home,
): Promise<Uploaded> {
  const outDir = join(home.cacheDir, 'deploy', cloud, 'built');
  const { files, missing } = await buildApp({
    provider: cloud,
    appDir: appDirs(home.root)[cloud],
    outDir,
    sourcemap: 'external',
    ...(functionFile === undefined ? {} : { functionFile }),
  }).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${cloud}: the app cannot be built: ${message}`, { cause: error });
  });
  const archive = createArchive(
    files.map(({ path, contents }) => ({ path: path.replaceAll('\\', '/'), contents })),
  );
  await keep(archive, sourceMapDir(home, cloud, archive));
  return { archive, missing };
}

async function keep({ sourceMaps }: Archive, dir: string): Promise<void> {
  await Promise.all(
    sourceMaps.map(async ({ path, contents }) => {
      const file = join(dir, path);
      const aside = `${file}.${process.pid}`;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(aside, contents);
      await rename(aside, file);
    }),
  );
}
