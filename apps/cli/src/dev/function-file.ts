import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build, type Message, type Metafile, type OutputFile } from 'esbuild';
import { BadInputError } from '../errors.ts';
import { asBadInput } from '../json-file.ts';

/** The absolute path of a module that exports `handler`; says what is wrong with any other file. */
export async function functionFile(file: string): Promise<string> {
  const path = resolve(file);
  const found = await stat(path).catch((error: unknown) => {
    throw asBadInput(file, error);
  });
  if (!found.isFile()) {
    const what = found.isDirectory() ? 'a folder' : 'a device';
    throw new BadInputError(`${file} is ${what}, not a module`);
  }
  const { error, exportsHandler } = await examine(path);
  if (error !== undefined) {
    const { location, text } = error;
    const where = location === null ? file : `${file}:${location.line}:${location.column + 1}`;
    throw new BadInputError(`${where}: ${text}`);
  }
  if (exportsHandler) return path;
  throw new BadInputError(`${file} does not export handler`, {
    hint: "export const handler = (request) => new Response('hello');",
  });
}

/** What esbuild makes of an import of `handler`; the module is read and not run. */
async function examine(path: string): Promise<{ error?: Message; exportsHandler: boolean }> {
  try {
    const { warnings, outputFiles, metafile } = await build({
      stdin: { contents: `export { handler } from ${JSON.stringify(path)};`, resolveDir: '/' },
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    if (warnings.some(({ id }) => id === 'import-is-undefined')) return { exportsHandler: false };
    const isCommonJs = Object.values(metafile.inputs).some(({ format }) => format === 'cjs');
    return { exportsHandler: !isCommonJs || namesHandler(outputFiles, metafile) };
  } catch (error) {
    const [first] = errorsOf(error);
    if (first === undefined) throw error;
    return first.text.startsWith('No matching export')
      ? { exportsHandler: false }
      : { error: first, exportsHandler: false };
  }
}

/**
 * What CommonJS exports is known when it has run. What never says `handler` and hands on nothing
 * from a package surely does not.
 */
function namesHandler(files: readonly OutputFile[], { outputs }: Metafile): boolean {
  const handsOn = Object.values(outputs).some(({ imports }) => imports.length > 0);
  return handsOn || files.some(({ text }) => /\bhandler\b/.test(text.split('// <stdin>')[0] ?? ''));
}

function errorsOf(error: unknown): readonly Message[] {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors)
    ? error.errors
    : [];
}
