import path from 'node:path';
import type { BuildOptions, Message, Plugin } from 'esbuild';
import { requireBanner } from './provider-app.ts';

/** The options with the user's function in place of the one that ships, and what CommonJS packages need. */
export function withUserFunction<T extends BuildOptions>(options: T, functionFile: string): T {
  return {
    ...options,
    alias: { ...options.alias, '@tricloud/function': path.resolve(functionFile) },
    banner: { js: `${requireBanner} ${fileNamesBanner}` },
    plugins: [rejectAddons],
    logOverride: Object.fromEntries(dynamicImportIds.map((id) => [id, 'warning'])),
  };
}

const fileNamesBanner = 'const { filename: __filename, dirname: __dirname } = import.meta;';

// By default esbuild reports these as debug messages only. Its message for `require` as a value is left out: it also
// appears for every `typeof require`, which is harmless.
const dynamicImportIds = [
  'require-resolve-not-external',
  'unsupported-dynamic-import',
  'unsupported-require-call',
] as const;

/** Dynamic imports that esbuild could not bundle, a sentence each with its place in the source. */
export function dynamicImports(
  warnings: readonly Message[],
  workingDir: string,
): readonly string[] {
  const ids: readonly string[] = dynamicImportIds;
  return warnings
    .filter(({ id }) => ids.includes(id))
    .map(({ location }) => {
      const where =
        location === null ? '' : `${path.resolve(workingDir, location.file)}:${location.line}: `;
      return `${where}dynamic import or require: the module that it loads is not in the bundle`;
    });
}

const rejectAddons: Plugin = {
  name: 'reject-addons',
  setup(build) {
    build.onLoad({ filter: /\.node$/ }, ({ path: addon }) => ({
      errors: [
        {
          text: `${addon} is a native addon, and a bundle holds JavaScript only: use a package without a native addon, or its WebAssembly build`,
        },
      ],
    }));
  },
};
