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
import type { ArchiveFile } from './archive.ts';
import { createArchive, UnsafePathError } from './create-archive.ts';

const file = (path: string, text = path): ArchiveFile => ({ path, contents: strToU8(text) });

describe('an archive', () => {
  test('holds every file but the source maps, which are put aside', () => {
    const files = [file('index.mjs', 'code'), file('a/b.json', '{}'), file('index.mjs.map', 'map')];
    const archive = createArchive(files);
    const unpacked = Object.entries(unzipSync(archive.bytes));
    expect(unpacked.map(([path, bytes]) => [path, strFromU8(bytes)])).toEqual([
      ['a/b.json', '{}'],
      ['index.mjs', 'code'],
    ]);
    expect(archive.files).toEqual([
      { path: 'a/b.json', size: 2 },
      { path: 'index.mjs', size: 4 },
    ]);
    expect(archive.sourceMaps).toEqual([file('index.mjs.map', 'map')]);
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
        const one = createArchive(all.map((path) => file(path)));
        expect(createArchive(other.map((path) => file(path)))).toEqual(one);
      }),
    );
    const hash = createArchive([file('index.mjs')]).sha256;
    const script = `import { createArchive } from ${JSON.stringify(import.meta.resolve('./create-archive.ts'))};
      console.log(createArchive([{ path: 'index.mjs', contents: Buffer.from('index.mjs') }]).sha256);`;
    for (const TZ of ['Pacific/Kiritimati', 'America/Los_Angeles']) {
      const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script];
      const env = { ...process.env, TZ };
      expect(execFileSync(process.execPath, args, { env, encoding: 'utf8' }).trim()).toBe(hash);
    }
  });

  test('has plain files that all may read', () => {
    const { bytes } = createArchive([file('index.mjs')]);
    const at = Buffer.from(bytes).indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    const view = new DataView(bytes.buffer, bytes.byteOffset + at);
    expect({ madeBy: view.getUint8(5), mode: view.getUint32(38, true) >>> 16 }).toEqual({
      madeBy: 3,
      mode: 0o100644,
    });
  });

  test.each([
    ['../index.mjs', 'without . or ..'],
    ['a/../../index.mjs', 'without . or ..'],
    ['./index.mjs', 'without . or ..'],
    ['a//b', 'without . or ..'],
    ['a/', 'without . or ..'],
    ['/etc/passwd', 'begins at the archive’s root'],
    ['C:/x', 'begins at the archive’s root'],
    ['a\\b', 'parted by /'],
    ['a\0b', 'no NUL'],
    ['', 'needs a name'],
    ['__proto__', 'no file has this name'],
    ['index.mjs/b', 'a folder of it is a file'],
  ])('refuses the path %j', (path, problem) => {
    expect(() => createArchive([file('index.mjs'), file(path)])).toThrow(UnsafePathError);
    expect(() => createArchive([file('index.mjs'), file(path)])).toThrow(problem);
  });

  test('refuses two files that are one where letters have no case, or one form', () => {
    for (const [one, other] of [
      ['A.mjs', 'a.mjs'],
      ['\u00e9.mjs', 'e\u0301.mjs'],
    ] as const) {
      expect(() => createArchive([file(one), file(other)])).toThrow('another file has this path');
    }
  });
});
