import { execFileSync } from 'node:child_process';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import {
  assert,
  constant,
  property,
  shuffledSubarray,
  stringMatching,
  tuple,
  uniqueArray,
} from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BuiltFile } from './provider-app.ts';
import { createDeploymentPackage, UnsafePathError } from './create-deployment-package.ts';

const file = (path: string, text = path): BuiltFile => ({ path, contents: strToU8(text) });

describe('a deployment package', () => {
  test('holds every file but the source maps, which it returns separately', () => {
    const files = [file('index.mjs', 'code'), file('a/b.json', '{}'), file('index.mjs.map', 'map')];
    const deploymentPackage = createDeploymentPackage(files);
    const unpacked = Object.entries(unzipSync(deploymentPackage.bytes));
    expect(unpacked.map(([path, bytes]) => [path, strFromU8(bytes)])).toEqual([
      ['a/b.json', '{}'],
      ['index.mjs', 'code'],
    ]);
    expect(deploymentPackage.files).toEqual([
      { path: 'a/b.json', size: 2 },
      { path: 'index.mjs', size: 4 },
    ]);
    expect(deploymentPackage.sourceMaps).toEqual([file('index.mjs.map', 'map')]);
  });

  test('has the same bytes in whatever order the files come, in any time zone', () => {
    const paths = uniqueArray(stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8}){0,2}\.mjs$/), {
      minLength: 1,
      maxLength: 8,
    });
    const shuffled = paths.chain((all) =>
      tuple(constant(all), shuffledSubarray(all, { minLength: all.length })),
    );
    assert(
      property(shuffled, ([all, other]) => {
        const one = createDeploymentPackage(all.map((path) => file(path)));
        expect(createDeploymentPackage(other.map((path) => file(path)))).toEqual(one);
      }),
    );
    const hash = createDeploymentPackage([file('index.mjs')]).sha256;
    const script = `import { createDeploymentPackage } from ${JSON.stringify(import.meta.resolve('./create-deployment-package.ts'))};
      console.log(createDeploymentPackage([{ path: 'index.mjs', contents: Buffer.from('index.mjs') }]).sha256);`;
    for (const TZ of ['Pacific/Kiritimati', 'America/Los_Angeles']) {
      const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script];
      const env = { ...process.env, TZ };
      expect(execFileSync(process.execPath, args, { env, encoding: 'utf8' }).trim()).toBe(hash);
    }
  });

  test('contains plain files that everyone may read', () => {
    const { bytes } = createDeploymentPackage([file('index.mjs')]);
    const at = Buffer.from(bytes).indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    const view = new DataView(bytes.buffer, bytes.byteOffset + at);
    expect({ madeBy: view.getUint8(5), mode: view.getUint32(38, true) >>> 16 }).toEqual({
      madeBy: 3,
      mode: 0o100644,
    });
  });

  test.each([
    ['../index.mjs', 'no empty part, . or ..'],
    ['a/../../index.mjs', 'no empty part, . or ..'],
    ['./index.mjs', 'no empty part, . or ..'],
    ['a//b', 'no empty part, . or ..'],
    ['a/', 'no empty part, . or ..'],
    ['/etc/passwd', 'relative to the package’s root'],
    ['C:/x', 'relative to the package’s root'],
    ['a\\b', 'the separator is /'],
    ['a\0b', 'no NUL'],
    ['', 'needs a name'],
    ['__proto__', 'reserved'],
    ['index.mjs/b', 'one of its folders is a file'],
  ])('rejects the path %j', (path, problem) => {
    expect(() => createDeploymentPackage([file('index.mjs'), file(path)])).toThrow(UnsafePathError);
    expect(() => createDeploymentPackage([file('index.mjs'), file(path)])).toThrow(problem);
  });

  test('rejects two files whose paths differ only in case or Unicode form', () => {
    for (const [one, other] of [
      ['A.mjs', 'a.mjs'],
      ['\u00e9.mjs', 'e\u0301.mjs'],
    ] as const) {
      expect(() => createDeploymentPackage([file(one), file(other)])).toThrow(
        'another file has the same path',
      );
    }
  });
});
