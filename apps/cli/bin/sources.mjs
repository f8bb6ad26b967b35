import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A hash of names, sizes and times of all that goes into the bundle: cheap, and changes too often. */
export function stampOf(root) {
  const hash = createHash('sha256');
  for (const file of sourceFiles(root)) {
    const { size, mtimeMs, ctimeMs } = statSync(file);
    hash.update(`${file}\0${size}\0${mtimeMs}\0${ctimeMs}\n`);
  }
  return hash.digest('hex');
}

/** A hash of all that goes into the bundle, the same wherever and whenever it was checked out. */
export function contentHashOf(root) {
  const hash = createHash('sha256');
  for (const file of sourceFiles(root)) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file)}\0${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

/** The folders of the workspaces whose sources are bundled, this one last. */
export function bundledWorkspaces(root) {
  const packages = join(root, 'packages');
  return [
    ...readdirSync(packages)
      .sort()
      .map((name) => join(packages, name)),
    join(root, 'apps', 'cli'),
  ];
}

function sourceFiles(root) {
  return [
    // The lock file stands for the versions of everything that is not ours.
    join(root, 'package-lock.json'),
    join(root, 'tsconfig.base.json'),
    ...bundledWorkspaces(root).flatMap((dir) => filesBelow(dir)),
  ];
}

const passedOver = new Set(['node_modules', 'dist', 'test', 'coverage']);

function filesBelow(dir) {
  return readdirSync(dir, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && !name.endsWith('.test.ts'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) return passedOver.has(entry.name) ? [] : filesBelow(path);
      return entry.isFile() ? [path] : [];
    });
}
