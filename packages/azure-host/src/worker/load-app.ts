import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fieldOf, messageOf } from '../narrow.ts';
import type { Registry } from './core-module.ts';
import { SystemError } from './system-error.ts';

/**
 * Loads the files that `main` of the app's package.json names, one after the other, as the Node worker
 * does (https://github.com/Azure/azure-functions-nodejs-worker/blob/adadddc/src/startApp.ts).
 */
export async function loadApp(appDir: string, registry: Registry): Promise<void> {
  const manifest = readManifest(appDir);
  const main = fieldOf(manifest, 'main');
  if (typeof main !== 'string' || main === '') return;
  const isModule = fieldOf(manifest, 'type') === 'module';
  let file: string | undefined;
  try {
    for (file of await findFiles(appDir, main)) {
      registry.currentFile = file;
      await loadFile(join(appDir, file), isModule);
    }
  } catch (error) {
    throw new SystemError(
      `Worker was unable to load entry point "${file ?? main}": ${messageOf(error)}`,
      { cause: error },
    );
  } finally {
    registry.currentFile = undefined;
  }
}

function readManifest(appDir: string): unknown {
  const path = join(appDir, 'package.json');
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    if (fieldOf(error, 'code') === 'ENOENT') return {};
    throw new SystemError(`Worker failed to load package.json: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

async function findFiles(appDir: string, main: string): Promise<readonly string[]> {
  if (!/[*?{}()[\]!+@]/.test(main)) {
    // Not resolved like the `main` of a package: "src/index" finds no "src/index.js" in Azure either.
    if (statSync(join(appDir, main), { throwIfNoEntry: false })?.isFile() === true) return [main];
    throw new Error('File does not exist.');
  }
  const { globby } = await import('globby');
  const files = await globby(main.replaceAll('\\', '/'), { cwd: appDir });
  if (files.length === 0) throw new Error('Found zero files matching the supplied pattern.');
  return files;
}

async function loadFile(path: string, isModule: boolean): Promise<void> {
  if (path.endsWith('.mjs') || (isModule && !path.endsWith('.cjs'))) {
    await import(pathToFileURL(path).href);
    return;
  }
  createRequire(path)(path);
}
