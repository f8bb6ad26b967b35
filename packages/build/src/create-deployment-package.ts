import { createHash } from 'node:crypto';
import { zipSync, type Zippable } from 'fflate';
import type { DeploymentPackage } from './deployment-package.ts';
import type { BuiltFile } from './provider-app.ts';

/** A path that would be unpacked outside the package's root, or that two systems read differently. */
export class UnsafePathError extends Error {
  constructor(path: string, problem: string) {
    super(`the deployment package cannot contain ${JSON.stringify(path)}: ${problem}`);
    this.name = new.target.name;
  }
}

/**
 * Zips the files of a build. The same files give the same bytes on every machine and at any time: sorted by path,
 * one date, one mode, and a deflate that does not depend on the machine's zlib. Source maps are left out.
 *
 * @throws {UnsafePathError} for a path outside the package's root, and for a second file with the same path.
 */
export function createDeploymentPackage(files: readonly BuiltFile[]): DeploymentPackage {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const seen = new Set<string>();
  for (const { path } of sorted) checkPath(path, seen);
  const sourceMaps = sorted.filter(({ path }) => path.endsWith('.map'));
  const packed = sorted.filter(({ path }) => !path.endsWith('.map'));

  const entries: Zippable = {};
  for (const { path, contents } of packed) entries[path] = [contents, entryOptions];
  const bytes = zipSync(entries, { level: 9 });
  return {
    bytes,
    files: packed.map(({ path, contents }) => ({ path, size: contents.length })),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sourceMaps,
  };
}

// A zip's dates have no time zone and start in 1980. Lambda requires files that everyone may read (https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html, 2026-11-22).
const entryOptions = { mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100644 << 16 } as const;

function checkPath(path: string, seen: Set<string>): void {
  const problem = problemOf(path, seen);
  if (problem !== undefined) throw new UnsafePathError(path, problem);
  seen.add(normalized(path));
}

/** A path as a file system reads it that ignores case and Unicode form. */
function normalized(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

function problemOf(path: string, seen: ReadonlySet<string>): string | undefined {
  if (path === '') return 'a file needs a name';
  if (path.includes('\0')) return 'a path has no NUL character';
  // fflate keeps entries in a plain object.
  if (path === '__proto__') return 'this name is reserved';
  if (path.includes('\\')) return 'the separator is /';
  if (path.startsWith('/') || /^[a-z]:/i.test(path))
    return 'a path is relative to the package’s root';
  if (path.split('/').some((part) => part === '..' || part === '.' || part === '')) {
    return 'a path has no empty part, . or ..';
  }
  const folders = path.split('/').map((_, index, parts) => parts.slice(0, index).join('/'));
  if (folders.some((folder) => seen.has(normalized(folder)))) return 'one of its folders is a file';
  if (seen.has(normalized(path))) return 'another file has the same path on some file systems';
  return undefined;
}
