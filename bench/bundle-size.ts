import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type BuildOptions } from 'esbuild';
import { type Figure, toFigure } from './figure.ts';

// With the prices of every region: docs/decisions/0027-price-lists-are-an-argument.md.
const apps = [
  { app: 'aws-lambda', name: 'AWS', must: 105, aim: 90 },
  { app: 'google-cloud-functions', name: 'Google', must: 105, aim: 90 },
  { app: 'azure-functions', name: 'Azure', must: 125, aim: 110 },
] as const;

/** What is deployed to each cloud, and core by itself, gzipped, in kB of 1000 bytes. */
export async function bundleSizes(): Promise<readonly Figure[]> {
  return Promise.all([
    ...apps.map(async ({ app, name, must, aim }) =>
      sized(`bundle of the shipped function, gzip: ${name}`, await bundle(app), { must, aim }),
    ),
    core().then((bytes) =>
      sized('core, minified, with all price lists, gzip', bytes, { must: 90, aim: 80 }),
    ),
  ]);
}

function sized(
  figure: string,
  bytes: Uint8Array,
  bounds: { readonly must: number; readonly aim: number },
): Figure {
  return toFigure({
    figure,
    value: gzipSync(bytes, { level: 9 }).byteLength / 1000,
    ...bounds,
    unit: 'kB',
    digits: 1,
    note: `${(bytes.byteLength / 1000).toFixed(0)} kB as it is`,
  });
}

/** All that core exports and every price list, its one dependency included. */
async function core(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: {
      contents: "export * from '@tricloud/core'; export * from '@tricloud/core/price-lists';",
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    target: 'node20',
    write: false,
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('core has no bundle');
  return file.contents;
}

/** Each app built with its own options. */
async function bundle(app: string): Promise<Uint8Array> {
  const config = new URL(`../apps/${app}/esbuild.config.mjs`, import.meta.url).href;
  const { default: options }: { default: BuildOptions } = await import(config);
  const { outputFiles } = await build({ ...options, write: false });
  const file = outputFiles.find(({ path }) => path.endsWith('index.mjs'));
  if (!file) throw new Error(`${app} has no index.mjs`);
  return file.contents;
}
