import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');

/** Text of a file of the repository, by its path from the root. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Paths of the files in a folder, however deep, from the root; without what was installed or built. */
export function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries
    .filter(({ name }) => !['node_modules', 'dist', '.turbo', '.serverless'].includes(name))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesIn(path) : [path];
    })
    .sort();
}

/** Paths of the workspaces in these folders. */
export function workspaces(...groups: readonly string[]): readonly string[] {
  return groups
    .flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`))
    .filter((path) => existsSync(join(root, path, 'package.json')));
}

/** Which workspace uses which in what it ships, type imports included: `a -> b` by the names of their folders. */
export function workspaceImports(): ReadonlySet<string> {
  const folders = workspaceFolders();
  const sources = ['packages', 'apps', 'examples', 'tools'].flatMap(filesIn).filter(isProduction);
  const edges = sources.flatMap((path) => {
    const [group = '', folder = ''] = path.split('/');
    const from = group === 'packages' || group === 'apps' ? folder : group;
    // The text of an entry that is built is no import.
    const code = read(path).replaceAll(/`[^`]*`/g, '``');
    return [...code.matchAll(importPattern)]
      .map(([, name = '']) => folders.get(name) ?? name)
      .filter((to) => to !== from)
      .map((to) => `${from} -> ${to}`);
  });
  return new Set(edges);
}

const importPattern =
  /(?:\bfrom\s+|\bimport\(\s*|\bimport\s+|\bresolve\(\s*)['"](@tricloud\/[\w-]+)/g;

/** Folder names by package names. */
function workspaceFolders(): ReadonlyMap<string, string> {
  return new Map(
    workspaces('packages', 'apps').map((path) => [
      JSON.parse(read(`${path}/package.json`)).name,
      path.split('/')[1] ?? '',
    ]),
  );
}

function isProduction(path: string): boolean {
  return (
    /\.(?:ts|mjs|cjs)$/.test(path) && !/\.test\.ts$|\/test\/|\/testing\/|\.fixture\./.test(path)
  );
}
