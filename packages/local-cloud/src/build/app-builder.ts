import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildFailure, type BuildOptions, context, formatMessages } from 'esbuild';
import { BuildFailedError } from '../errors.ts';
import type { ProviderId } from '../options.ts';
import { missingFrom, withFunction } from './any-function.ts';

/** What is built: a provider's app, perhaps with another function in place of the one that ships. */
export interface BuildAppOptions {
  readonly provider: ProviderId;
  readonly appDir: string;
  /** Where the result belongs: what would be deployed, and nothing else. */
  readonly outDir: string;
  readonly functionFile?: string;
  /** Whether the code names its source map, as a debugger wants it, or the map stands apart. */
  readonly sourcemap?: 'linked' | 'external';
}

/** A file of the result, its path relative to `outDir`. */
export interface BuiltFile {
  readonly path: string;
  readonly contents: Uint8Array;
}

/** A deployable in memory, and the sources that it was made of (absolute paths, packages left out). */
export interface BuiltApp {
  readonly files: readonly BuiltFile[];
  readonly inputs: readonly string[];
  /** What somebody's own function may miss: modules whose names are not known before it runs. */
  readonly missing: readonly string[];
}

/** Builds one app again and again, remembering what has not changed. */
export interface AppBuilder {
  /** @throws {BuildFailedError} with esbuild's own messages. */
  build(): Promise<BuiltApp>;
  dispose(): Promise<void>;
}

/** Reads the app's `esbuild.config.mjs` and prepares its builds. */
export async function createAppBuilder(options: BuildAppOptions): Promise<AppBuilder> {
  const { provider, appDir, outDir, functionFile, sourcemap = 'linked' } = options;
  const configFile = path.join(appDir, 'esbuild.config.mjs');
  const config = await readConfig(provider, configFile);
  const build = await context({
    absWorkingDir: appDir,
    ...(functionFile === undefined ? config : withFunction(config, functionFile)),
    outdir: outDir,
    sourcemap,
    // The sources stand where the map says; with copies of them a rebuild takes a fifth longer.
    sourcesContent: false,
    metafile: true,
    write: false,
    logLevel: 'silent',
  });

  return {
    async build() {
      const result = await build.rebuild().catch(async (error: unknown) => {
        throw new BuildFailedError(provider, await toMessage(error), { cause: error });
      });
      const workingDir = config.absWorkingDir ?? appDir;
      const settings = await providerFiles(appDir);
      return {
        files: [
          ...result.outputFiles.map((file) => ({
            path: path.relative(outDir, file.path),
            contents: file.contents,
          })),
          ...(settings.some((file) => file.path === 'package.json')
            ? []
            : [{ path: 'package.json', contents: packageJson }]),
          ...settings.map(({ path: name, contents }) => ({ path: name, contents })),
        ],
        inputs: [
          ...Object.keys(result.metafile.inputs).map((input) => path.resolve(workingDir, input)),
          ...settings.map(({ source }) => source),
        ].filter((input) => !input.includes(`${path.sep}node_modules${path.sep}`)),
        missing: missingFrom(result.warnings, workingDir),
      };
    },
    dispose: () => build.dispose(),
  };
}

const packageJson = Buffer.from(`${JSON.stringify({ type: 'module', main: 'index.mjs' })}\n`);

/** What the provider reads beside the code: Azure's host.json, and all that stands in `deployable/`. */
async function providerFiles(appDir: string): Promise<(BuiltFile & { readonly source: string })[]> {
  const folder = path.join(appDir, 'deployable');
  const names = await readdir(folder).catch(() => []);
  const sources = [path.join(appDir, 'host.json'), ...names.map((name) => path.join(folder, name))];
  const found = await Promise.all(
    sources.map(async (source) => {
      const contents = await readFile(source).catch(() => undefined);
      return contents === undefined ? [] : [{ path: path.basename(source), contents, source }];
    }),
  );
  return found.flat();
}

async function readConfig(provider: ProviderId, configFile: string): Promise<BuildOptions> {
  const loaded: unknown = await import(/* @vite-ignore */ pathToFileURL(configFile).href).catch(
    (error: unknown) => {
      throw new BuildFailedError(provider, `${configFile} cannot be read: ${String(error)}`, {
        cause: error,
      });
    },
  );
  if (!hasDefault(loaded) || !isBuildOptions(loaded.default)) {
    throw new BuildFailedError(
      provider,
      `${configFile} has no default export with esbuild's options.`,
    );
  }
  return loaded.default;
}

function hasDefault(value: unknown): value is { readonly default: unknown } {
  return typeof value === 'object' && value !== null && 'default' in value;
}

function isBuildOptions(value: unknown): value is BuildOptions {
  return typeof value === 'object' && value !== null && 'entryPoints' in value;
}

async function toMessage(error: unknown): Promise<string> {
  if (!isBuildFailure(error)) return String(error);
  const messages = await formatMessages(error.errors, { kind: 'error', color: false });
  return messages.join('').trim();
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}
