import { copyFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { providerIds } from '@tricloud/core/catalog';
import { buildAppInto } from './build-app.ts';
import { createDeploymentPackage } from './create-deployment-package.ts';
import { writeFiles } from './write-files.ts';

/** `main.ts aws|google|azure [--zip]`, run in the app's folder: writes `dist/`, and with `--zip` the deployment package too. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { zip: { type: 'boolean', default: false } },
});
const provider = providerIds.find((id) => id === positionals[0]);
if (provider === undefined) throw new TypeError(`expected one of ${providerIds.join(', ')}`);

const appDir = process.cwd();
const outDir = path.join(appDir, 'dist');
const { files } = await buildAppInto(outDir, { provider, appsDir: path.dirname(appDir) });
// `gcloud` and `func` read their ignore file in the folder that they upload.
for (const name of await readdir(appDir)) {
  if (/^\.(?:gcloud|func)ignore$/.test(name))
    await copyFile(path.join(appDir, name), path.join(outDir, name));
}
if (values.zip) {
  const { bytes } = createDeploymentPackage(files);
  await writeFiles(appDir, [{ path: 'deployment-package.zip', contents: bytes }]);
}
