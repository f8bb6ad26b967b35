import { fileURLToPath } from 'node:url';

/** @type {import('esbuild').BuildOptions} */
export default {
  absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
  entryPoints: { index: 'src/index.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minify: true,
  charset: 'utf8',
  sourcemap: 'linked',
  // The package's own minified build; its entry is a development build, and 0.8 kB (gzip) larger when minified here.
  alias: { '@azure/functions': '@azure/functions/dist/azure-functions.min.js' },
  // The host's own module: it exists only inside the host, which intercepts `require` for this name.
  external: ['@azure/functions-core'],
  // @azure/functions is CommonJS; inlined in an ES module it needs a `require`.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
};
