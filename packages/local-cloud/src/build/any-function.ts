import path from 'node:path';
import type { BuildOptions, Message, Plugin } from 'esbuild';

/** The app's options with `file` in place of the function that ships, and what packages of any kind need. */
export function withFunction(config: BuildOptions, file: string): BuildOptions {
  return {
    ...config,
    alias: { ...config.alias, '@tricloud/function': path.resolve(file) },
    banner: {
      ...config.banner,
      js: config.banner?.js?.includes(' require = ')
        ? `${config.banner.js} ${places}`
        : `import { createRequire as tricloudRequire } from 'node:module'; const require = tricloudRequire(import.meta.url); ${places}`,
    },
    plugins: [...(config.plugins ?? []), refuseAddons],
    logOverride: Object.fromEntries(unbundled.map((id) => [id, 'warning'])),
  };
}

// CommonJS inlined in an ES module has none of what CommonJS is given, and fails at its first `require('path')`.
const places = 'const { filename: __filename, dirname: __dirname } = import.meta;';

// What esbuild says of an import whose name it does not know, usually only to whoever asks for details. That
// `require` is handed about it says as well, and of every `typeof require` too: of far too much that does no harm.
const unbundled = [
  'require-resolve-not-external',
  'unsupported-dynamic-import',
  'unsupported-require-call',
] as const;

/** What the bundle may lack, a sentence each, with the place in the source. */
export function missingFrom(warnings: readonly Message[], workingDir: string): readonly string[] {
  const ids: readonly string[] = unbundled;
  return warnings
    .filter(({ id }) => ids.includes(id))
    .map(({ location }) => {
      const where =
        location === null ? '' : `${path.resolve(workingDir, location.file)}:${location.line}: `;
      return `${where}what is loaded here by a name that is made as it runs is not in the bundle`;
    });
}

const refuseAddons: Plugin = {
  name: 'refuse-addons',
  setup(build) {
    build.onLoad({ filter: /\.node$/ }, ({ path: addon }) => ({
      errors: [
        {
          text: `${addon} is made for one machine, and a bundle holds JavaScript alone: take a package without a native addon, or its WebAssembly build`,
        },
      ],
    }));
  },
};
