import path from 'node:path';
import type { AppSource } from './app-builder.ts';
import { buildApp } from './build-app.ts';
import { createDeploymentPackage } from './create-deployment-package.ts';
import type { DeploymentPackage } from './deployment-package.ts';
import { writeFiles } from './write-files.ts';

/** A deployment package with what is known about its build. */
export interface PackagedApp {
  readonly deploymentPackage: DeploymentPackage;
  /** Folder with the source maps of this package. */
  readonly sourceMapDir: string;
  /** Dynamic imports in the user's function that are not in the package, a sentence each. */
  readonly dynamicImports: readonly string[];
}

/**
 * Builds an app and zips it. The source maps are written below `cacheDir`, in a folder named after the package's hash,
 * where `node --enable-source-maps` and error trackers can read them.
 *
 * @throws {BuildFailedError}
 */
export async function buildDeploymentPackage(
  source: AppSource,
  cacheDir: string,
): Promise<PackagedApp> {
  const { files, dynamicImports } = await buildApp(source, path.join(cacheDir, 'built'));
  const deploymentPackage = createDeploymentPackage(files);
  const sourceMapDir = path.join(cacheDir, deploymentPackage.sha256.slice(0, 16));
  await writeFiles(sourceMapDir, deploymentPackage.sourceMaps);
  return { deploymentPackage, sourceMapDir, dynamicImports };
}
