import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';
import type { ProviderApp } from './provider-app.ts';
import { withUserFunction } from './user-function.ts';

/** Options for esbuild that bundle a provider's app into `index.mjs`. */
export function bundleOptions(
  app: ProviderApp,
  { appsDir, functionFile }: { readonly appsDir?: string; readonly functionFile?: string },
): BuildOptions & { readonly absWorkingDir: string } {
  const options = {
    ...sharedOptions,
    ...app.bundleOptions,
    ...entryOptions(app, appsDir),
  };
  return functionFile === undefined ? options : withUserFunction(options, functionFile);
}

const sharedOptions = {
  entryNames: 'index',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minify: true,
  charset: 'utf8',
  // Named in the bundle, so that `node --enable-source-maps` finds it where the two are put side by side.
  sourcemap: 'linked',
  // The map names the sources; with copies of them a rebuild takes a fifth longer.
  sourcesContent: false,
} as const satisfies BuildOptions;

function entryOptions({ folder, entry }: ProviderApp, appsDir: string | undefined) {
  const appDir = appsDir === undefined ? undefined : path.join(appsDir, folder);
  if (appDir !== undefined && existsSync(path.join(appDir, 'src', 'index.ts'))) {
    return { absWorkingDir: appDir, entryPoints: ['src/index.ts'] };
  }
  // The entry imports from here what this package depends on.
  const resolveDir = fileURLToPath(new URL('.', import.meta.url));
  return {
    absWorkingDir: resolveDir,
    // `.mts` imports CommonJS as the apps do, whose package.json says `"type": "module"`.
    stdin: { contents: entry, resolveDir, sourcefile: `${folder}.mts`, loader: 'ts' as const },
  };
}
