import { gzipSync } from 'node:zlib';
import { build, type BuildOptions } from 'esbuild';
import { type Figure, toFigure } from './figure.ts';

const apps = [
  { app: 'aws-lambda', name: 'AWS', must: 60, aim: 40 },
  { app: 'google-cloud-functions', name: 'Google', must: 60, aim: 40 },
  { app: 'azure-functions', name: 'Azure', must: 80, aim: 60 },
] as const;

/** What is deployed to each cloud, gzipped, in kB of 1000 bytes: each app built with its own options. */
export async function bundleSizes(): Promise<readonly Figure[]> {
  return Promise.all(
    apps.map(async ({ app, name, must, aim }) => {
      const bytes = await bundle(app);
      return toFigure({
        figure: `bundle of the shipped function, gzip: ${name}`,
        value: gzipSync(bytes, { level: 9 }).byteLength / 1000,
        must,
        aim,
        unit: 'kB',
        digits: 1,
        note: `${(bytes.byteLength / 1000).toFixed(0)} kB as it is`,
      });
    }),
  );
}

async function bundle(app: string): Promise<Uint8Array> {
  const config = new URL(`../apps/${app}/esbuild.config.mjs`, import.meta.url).href;
  const { default: options }: { default: BuildOptions } = await import(config);
  const { outputFiles } = await build({ ...options, write: false });
  const file = outputFiles.find(({ path }) => path.endsWith('index.mjs'));
  if (!file) throw new Error(`${app} has no index.mjs`);
  return file.contents;
}
