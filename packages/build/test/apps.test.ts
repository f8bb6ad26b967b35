import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { providerIds } from '@tricloud/core';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildDeploymentPackage, type PackagedApp } from '../src/index.ts';
import { providerApps } from '../src/provider-apps.ts';

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

describe.each(providerIds)('the app for %s', (provider) => {
  const { folder } = providerApps[provider];
  const appDir = join(appsDir, folder);
  const deployed = () =>
    buildDeploymentPackage({ provider, appsDir }, join(dir, provider)).then(hashesOf);

  test('is deployed with the bytes of its own build, source map and ignore file left out', async () => {
    await promisify(execFile)('npm', ['run', 'package'], {
      cwd: appDir,
      shell: process.platform === 'win32',
      env: { ...process.env, HOME: dir },
    });
    const dist = join(appDir, 'dist');
    const names = (await readdir(dist)).filter((name) => !/\.map$|ignore$/.test(name));
    const own = await Promise.all(
      names.map(async (name) => [name, sha256(await readFile(join(dist, name)))]),
    );
    expect(Object.fromEntries(own)).toEqual(await deployed());
  });

  test('is the same where there is no folder with apps', async () => {
    const alone = await buildDeploymentPackage({ provider }, join(dir, `${provider}-alone`));
    expect(hashesOf(alone)).toEqual(await deployed());
  });
});
