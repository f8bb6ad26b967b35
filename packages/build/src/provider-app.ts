import type { BuildOptions } from 'esbuild';

/** A file of a build, its path with `/`, relative to the root of what is deployed. */
export interface BuiltFile {
  readonly path: string;
  readonly contents: Uint8Array;
}

/** What one provider needs around a function. */
export interface ProviderApp {
  /** Name of the app's folder in a workspace that has the three apps. */
  readonly folder: string;
  /** Source of the entry where there is no such folder: `@tricloud/function` is the function. */
  readonly entry: string;
  /** esbuild options in addition to those that all three providers share. */
  readonly bundleOptions: Pick<BuildOptions, 'alias' | 'banner' | 'external'>;
  /** Files that the provider reads beside the bundle. */
  readonly files: readonly BuiltFile[];
}

/** A JSON file as npm writes it: two spaces, and a line break at the end. */
export function jsonFile(path: string, value: unknown): BuiltFile {
  return { path, contents: Buffer.from(`${JSON.stringify(value, null, 2)}\n`) };
}

/** Makes Node and the Azure Functions host load `index.mjs` as an ES module. */
export const modulePackageJson = jsonFile('package.json', { type: 'module', main: 'index.mjs' });

/** Gives an ES module the `require` that CommonJS inlined in it calls. */
export const requireBanner =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
