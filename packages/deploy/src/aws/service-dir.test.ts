import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { target } from '../../test/aws/support.ts';
import { toDeploymentFile } from './deployment-file.ts';
import { inServiceDir } from './service-dir.ts';

test('the folder of a run that was killed is gone after the next one, that of one that runs is not', async () => {
  const cacheDir = await mkdtemp(join(tmpdir(), 'tricloud-service-dir-'));
  try {
    const { pid: killed } = spawnSync(process.execPath, ['--version']);
    const foreign = ['built', 'aws-0123456789abcdef'];
    for (const name of [`aws-${killed}-abcdef`, `aws-${process.ppid}-abcdef`, ...foreign]) {
      await mkdir(join(cacheDir, name));
      await writeFile(join(cacheDir, name, 'deployment.json'), '{}');
    }
    const appDir = fileURLToPath(new URL('../../../../apps/aws-lambda', import.meta.url));
    const file = toDeploymentFile(target, {});
    const during = await inServiceDir({ appDir, cacheDir }, file, new Uint8Array(), () =>
      readdir(cacheDir),
    );
    const kept = [`aws-${process.ppid}-abcdef`, ...foreign];
    const own = expect.stringMatching(`^aws-${process.pid}-`);
    expect(during.toSorted()).toEqual(expect.arrayContaining([own, ...kept]));
    expect(during).toHaveLength(4);
    expect((await readdir(cacheDir)).toSorted()).toEqual(kept.toSorted());
  } finally {
    await rm(cacheDir, { recursive: true });
  }
});
