import { join } from 'node:path';
import { buildDeploymentPackage, type PackagedApp } from '@tricloud/build';
import type { ProviderId } from '@tricloud/core';
import { CommandError } from '../errors.ts';
import type { Home } from '../command-line/action.ts';

/** The deployment package of the function that ships, or of the one that `functionFile` exports. */
export async function packageApp(
  cloud: ProviderId,
  functionFile: string | undefined,
  { root, cacheDir }: Home,
): Promise<PackagedApp> {
  const source = {
    provider: cloud,
    appsDir: join(root, 'apps'),
    ...(functionFile === undefined ? {} : { functionFile }),
  };
  return buildDeploymentPackage(source, join(cacheDir, 'deploy', cloud)).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${cloud}: the app cannot be built: ${message}`, { cause: error });
  });
}
