import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Hash of the names, sizes and times of everything that is bundled; it names the bundle. */
export function stampOf(root) {
  const hash = createHash('sha256');
  for (const file of sourceFiles(root)) {
    const { size, mtimeMs, ctimeMs } = statSync(file);
    hash.update(`${file}\0${size}\0${mtimeMs}\0${ctimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** The folders of the workspaces that are bundled, the command's own last. */
export function bundledWorkspaces(root) {
  const packages = join(root, 'packages');
  const names = readdirSync(packages).sort();
  return [...names.map((name) => join(packages, name)), join(root, 'apps', 'cli')];
}

function sourceFiles(root) {
  // The lock file stands for the versions of all npm packages.
  const shared = ['package-lock.json', 'tsconfig.base.json'].map((name) => join(root, name));
  return [...shared, ...bundledWorkspaces(root).flatMap((dir) => filesBelow(dir))];
}

const skipped = new Set(['node_modules', 'dist', 'test', 'coverage']);

function filesBelow(dir) {
  return readdirSync(dir, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && !name.endsWith('.test.ts'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesBelow(path);
      return entry.isFile() ? [path] : [];
    });
}
