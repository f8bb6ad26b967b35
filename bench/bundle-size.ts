import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildApp } from '@tricloud/build';
import { type Figure, toFigure } from './figure.ts';

// With the prices of every region: docs/decisions/0027-price-lists-are-an-argument.md.
const apps = [
  { provider: 'aws', name: 'AWS', must: 105, aim: 90 },
  { provider: 'google', name: 'Google', must: 105, aim: 90 },
  { provider: 'azure', name: 'Azure', must: 125, aim: 110 },
] as const;

const appsDir = fileURLToPath(new URL('../apps/', import.meta.url));

/** What is deployed to each cloud, and core by itself, gzipped, in kB of 1000 bytes. */
export async function bundleSizes(): Promise<readonly Figure[]> {
  return Promise.all([
    ...apps.map(async ({ provider, name, must, aim }) =>
      sized(`bundle of the shipped function, gzip: ${name}`, await bundle(provider), { must, aim }),
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

/** The bundle that is deployed. */
async function bundle(provider: (typeof apps)[number]['provider']): Promise<Uint8Array> {
  const { files } = await buildApp({ provider, appsDir }, 'dist');
  const file = files.find(({ path }) => path === 'index.mjs');
  if (!file) throw new Error(`${provider} has no index.mjs`);
  return file.contents;
}
