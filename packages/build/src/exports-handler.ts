import { build, type Metafile, type OutputFile } from 'esbuild';
import { BuildFailedError, toBuildFailedError } from './errors.ts';

/**
 * True for a module that exports `handler`, as far as that can be known without running it: CommonJS that mentions
 * `handler` or re-exports a package counts.
 *
 * @throws {BuildFailedError} for a module that cannot be parsed, or that imports a file that does not exist.
 */
export async function exportsHandler(file: string): Promise<boolean> {
  try {
    const { warnings, outputFiles, metafile } = await build({
      stdin: { contents: `export { handler } from ${JSON.stringify(file)};`, resolveDir: '/' },
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    if (warnings.some(({ id }) => id === 'import-is-undefined')) return false;
    const isCommonJs = Object.values(metafile.inputs).some(({ format }) => format === 'cjs');
    return !isCommonJs || mayExportHandler(outputFiles, metafile);
  } catch (error) {
    const failure = await toBuildFailedError(error, process.cwd());
    if (failure instanceof BuildFailedError && failure.text.startsWith('No matching export')) {
      return false;
    }
    throw failure;
  }
}

/** The exports of CommonJS are known only when it has run; without `handler` or a re-export there is none. */
function mayExportHandler(files: readonly OutputFile[], { outputs }: Metafile): boolean {
  const importsPackage = Object.values(outputs).some(({ imports }) => imports.length > 0);
  return importsPackage || files.some(({ text }) => /\bhandler\b/.test(codeOf(text)));
}

/** The user's modules without the paths that esbuild writes above them, which may contain `handler` as well. */
function codeOf(bundle: string): string {
  const [modules = ''] = bundle.split('// <stdin>');
  return modules.replaceAll(/^\/\/ .*$|^ {2}".*"\(exports.*$/gm, '');
}
