import { createHash } from 'node:crypto';
import { zipSync, type Zippable } from 'fflate';
import type { Archive, ArchiveFile } from './archive.ts';

/** A path that would be unpacked outside the archive's root, or that two systems read differently. */
export class UnsafePathError extends Error {
  constructor(path: string, problem: string) {
    super(`the archive cannot hold ${JSON.stringify(path)}: ${problem}`);
    this.name = new.target.name;
  }
}

/**
 * The zip of a deployable. The same files give the same bytes on every machine and at any time: sorted by path,
 * one date, one mode, and a deflate that is not the machine's own. Source maps are put aside.
 *
 * @throws {UnsafePathError} for a path that leaves the archive's root, or that stands there twice.
 */
export function createArchive(files: readonly ArchiveFile[]): Archive {
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

// A zip's dates have no time zone and begin in 1980; the mode is that of a plain file that all may read, which
// Lambda asks for (https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html, 2026-11-22).
const entryOptions = { mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100644 << 16 } as const;

function checkPath(path: string, seen: Set<string>): void {
  const problem = problemOf(path, seen);
  if (problem !== undefined) throw new UnsafePathError(path, problem);
  seen.add(asSeen(path));
}

/** A path as a system reads it that has one case and one form of each letter. */
function asSeen(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

function problemOf(path: string, seen: ReadonlySet<string>): string | undefined {
  if (path === '') return 'a file needs a name';
  if (path.includes('\0')) return 'a path has no NUL';
  // The library keeps entries in a plain object.
  if (path === '__proto__') return 'no file has this name';
  if (path.includes('\\')) return 'parts of a path are parted by /';
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return 'a path begins at the archive’s root';
  if (path.split('/').some((part) => part === '..' || part === '.' || part === '')) {
    return 'a path leads down from the archive’s root, without . or ..';
  }
  const folders = path.split('/').map((_, index, parts) => parts.slice(0, index).join('/'));
  if (folders.some((folder) => seen.has(asSeen(folder)))) return 'a folder of it is a file';
  if (seen.has(asSeen(path))) return 'another file has this path, as some systems read it';
  return undefined;
}
