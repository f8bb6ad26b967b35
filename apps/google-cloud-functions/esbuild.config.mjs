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
};
