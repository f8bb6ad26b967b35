import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type ProviderId, providerIds } from '@tricloud/core';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildDeploymentPackage, type PackagedApp } from '../src/index.ts';
import { loadProviderApp } from '../src/provider-apps.ts';

const appsDir = fileURLToPath(new URL('../../../apps/', import.meta.url));
let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tricloud-build-'));
});
afterAll(() => rm(dir, { recursive: true }));

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
/** The hash of each file in the package. */
const hashesOf = ({ deploymentPackage }: PackagedApp) =>
  Object.fromEntries(
    Object.entries(unzipSync(deploymentPackage.bytes)).map(([path, bytes]) => [
      path,
      sha256(bytes),
    ]),
  );

const packageOf = (provider: ProviderId) =>
  buildDeploymentPackage({ provider, appsDir }, join(dir, provider));

const npmRun = (script: string, cwd: string) =>
  promisify(execFile)('npm', ['run', script], { cwd, shell: process.platform === 'win32' });

/** Files in `dist/` that the provider's tool does not upload, by the ignore file there. */
const ignored = {
  aws: ['index.mjs.map'],
  google: ['.gcloudignore', 'index.mjs.map'],
  azure: ['.funcignore', 'index.mjs.map'],
};

describe.each(providerIds)('the app for %s', async (provider) => {
  const { folder } = await loadProviderApp[provider]();
  const appDir = join(appsDir, folder);

  test('is deployed with the bytes of its own build', async () => {
    await npmRun('build', appDir);
    const dist = join(appDir, 'dist');
    // Another test may be building the same app, which writes files aside first.
    const names = (await readdir(dist)).filter(
      (name) => !ignored[provider].includes(name) && !name.endsWith('.new'),
    );
    const own = await Promise.all(
      names.map(async (name) => [name, sha256(await readFile(join(dist, name)))]),
    );
    expect(Object.fromEntries(own)).toEqual(hashesOf(await packageOf(provider)));
  });

  test('is the same where there is no folder with apps', async () => {
    const alone = await buildDeploymentPackage({ provider }, join(dir, `${provider}-alone`));
    expect(hashesOf(alone)).toEqual(hashesOf(await packageOf(provider)));
  });
});

test.each(providerIds)(
  'a function for %s is the same with and without that folder',
  async (provider) => {
    const functionFile = join(dir, 'function.ts');
    await writeFile(functionFile, "export const handler = () => new Response('hello');");
    const alone = await buildDeploymentPackage({ provider, functionFile }, join(dir, 'alone'));
    const beside = await buildDeploymentPackage(
      { provider, appsDir, functionFile },
      join(dir, 'beside'),
    );
    expect(hashesOf(alone)).toEqual(hashesOf(beside));
    expect(alone.deploymentPackage.sha256).not.toBe(
      (await packageOf(provider)).deploymentPackage.sha256,
    );
  },
);

// The Serverless Framework makes a zip of its own on AWS: apps/aws-lambda/test/native.test.ts.
test.each(['google', 'azure'] as const)(
  'npm run package makes the zip for %s that is uploaded',
  async (provider) => {
    const appDir = join(appsDir, (await loadProviderApp[provider]()).folder);
    await npmRun('package', appDir);
    const zip = await readFile(join(appDir, 'deployment-package.zip'));
    expect(sha256(zip)).toBe((await packageOf(provider)).deploymentPackage.sha256);
  },
);

test('the ignore files leave out themselves and the source map', async () => {
  for (const [folder, name] of [
    ['google-cloud-functions', '.gcloudignore'],
    ['azure-functions', '.funcignore'],
  ] as const) {
    const lines = (await readFile(join(appsDir, folder, name), 'utf8')).trim().split('\n');
    expect(lines.filter((line) => !line.startsWith('#'))).toEqual([name, '*.map']);
  }
});

const isShared = (name: string) =>
  !/^(?:serverless\.yml|plugin\.cjs|\.gcloudignore|\.funcignore)$/.test(name) &&
  !/^(?:dist|node_modules|coverage|deployment-package\.zip.*|\.turbo|\.serverless|\.esbuild)$/.test(
    name.split(sep)[0] ?? '',
  );

test('the apps have the same scripts and, but for their tool’s configuration, the same files', async () => {
  const contents = await Promise.all(
    providerIds.map(async (provider) => {
      const appDir = join(appsDir, (await loadProviderApp[provider]()).folder);
      const names = await readdir(appDir, { recursive: true });
      const { scripts } = JSON.parse(await readFile(join(appDir, 'package.json'), 'utf8'));
      return { files: names.filter(isShared).toSorted(), scripts: Object.keys(scripts) };
    }),
  );
  expect(contents).toEqual(
    providerIds.map(() => ({
      files: [
        'README.md',
        'package.json',
        'src',
        join('src', 'index.ts'),
        'test',
        join('test', 'bundle.test.ts'),
        join('test', 'native.test.ts'),
        'tsconfig.json',
        'turbo.json',
      ],
      scripts: ['build', 'start', 'package', 'deploy', 'deploy:native', 'check:types'],
    })),
  );
});
