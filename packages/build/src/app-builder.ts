import path from 'node:path';
import type { ProviderId } from '@tricloud/core';
import { context } from 'esbuild';
import { bundleOptions } from './bundle-options.ts';
import { toBuildFailedError } from './errors.ts';
import type { BuiltFile } from './provider-app.ts';
import { loadProviderApp } from './provider-apps.ts';
import { dynamicImports } from './user-function.ts';

/** A provider's app, with the function that ships or with the user's. */
export interface AppSource {
  readonly provider: ProviderId;
  /** Folder with the three apps; without it the entries of this package are built. */
  readonly appsDir?: string;
  /** Module that exports `handler`, in place of the function that ships. */
  readonly functionFile?: string;
}

/** An app in memory. */
export interface BuiltApp {
  /** Everything that is deployed, and the source map. */
  readonly files: readonly BuiltFile[];
  /** Absolute paths of the sources outside `node_modules`. */
  readonly inputs: readonly string[];
  /** Dynamic imports in the user's function that are not in the bundle, a sentence each. */
  readonly dynamicImports: readonly string[];
}

/** Builds one app repeatedly and reuses what has not changed. */
export interface AppBuilder {
  /** @throws {BuildFailedError} */
  build(): Promise<BuiltApp>;
  dispose(): Promise<void>;
}

/** Prepares the builds of an app. `outDir` is where its files will be: the source map's paths start there. */
export async function createAppBuilder(source: AppSource, outDir: string): Promise<AppBuilder> {
  const app = await loadProviderApp[source.provider]();
  const options = bundleOptions(app, source);
  const bundle = await context({
    ...options,
    outdir: outDir,
    metafile: true,
    write: false,
    logLevel: 'silent',
  });

  return {
    async build() {
      const result = await bundle.rebuild().catch(async (error: unknown) => {
        throw await toBuildFailedError(error, options.absWorkingDir);
      });
      return {
        files: [
          ...result.outputFiles.map((file) => ({
            path: path.basename(file.path),
            contents: file.contents,
          })),
          ...app.files,
        ],
        inputs: Object.keys(result.metafile.inputs)
          .map((input) => path.resolve(options.absWorkingDir, input))
          .filter((input) => !input.includes(`${path.sep}node_modules${path.sep}`)),
        dynamicImports: dynamicImports(result.warnings, options.absWorkingDir),
      };
    },
    dispose: () => bundle.dispose(),
  };
}
