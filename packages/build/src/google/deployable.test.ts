import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

interface Entry {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const read = async (path: string) =>
  JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8'));

const manifest = await read('./deployable/package.json');
const lock: { packages: Record<string, Entry> } = await read('./deployable/package-lock.json');
const app: Entry = await read('../../../../apps/google-cloud-functions/package.json');

test('what Google installs is the framework, in the version that runs here, and nothing else', () => {
  const framework = '@google-cloud/functions-framework';
  expect(manifest.dependencies).toEqual({ [framework]: app.dependencies?.[framework] });
  expect(manifest).not.toHaveProperty('devDependencies');
  expect(manifest.engines).toEqual({ node: '24' });
});

test('the lock file is that of the package.json', () => {
  const { '': root, ...packages } = lock.packages;
  expect(root?.dependencies).toEqual(manifest.dependencies);
  for (const [name, version] of Object.entries<string>(manifest.dependencies)) {
    expect(packages[`node_modules/${name}`]?.version).toBe(version);
  }
});

test('whatever is installed is known by its hash, comes from the registry, and runs nothing on its way', () => {
  const { '': _root, ...packages } = lock.packages;
  const odd = Object.entries(packages).filter(
    ([, { integrity, link, dev, hasInstallScript }]) =>
      integrity?.startsWith('sha512-') !== true || link || dev || hasInstallScript,
  );
  expect(odd).toEqual([]);
});
