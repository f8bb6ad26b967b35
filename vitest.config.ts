import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const workspaces = ['packages', 'apps', 'examples', 'tools'].flatMap((folder) =>
  readdirSync(folder)
    .map((name) => `${folder}/${name}`)
    .filter((path) => existsSync(`${path}/package.json`)),
);

export default defineConfig({
  test: {
    // Named one by one: a project that is found by a pattern takes none of the settings below.
    projects: workspaces.map((root) => ({ extends: true, root, test: { name: nameOf(root) } })),
    // Tests start child processes and bundle apps; two cores under load need more than the default 5 s.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

/** As in its package.json, so that `vitest --project @tricloud/core` runs one. */
function nameOf(root: string): string {
  return JSON.parse(readFileSync(`${root}/package.json`, 'utf8')).name;
}
