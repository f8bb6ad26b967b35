import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

/**
 * npm's own script: the one next to the Node that runs this, else the one that started the command, else the
 * first on PATH. It is run by Node itself, so that no shell is needed on any platform.
 */
export async function findNpm({
  execPath,
  env,
}: { readonly execPath: string; readonly env: NodeJS.ProcessEnv } = process): Promise<
  string | undefined
> {
  const folders = [dirname(execPath), ...(env['PATH'] ?? '').split(delimiter)];
  const [beside = [], ...onPath] = folders.map((folder) => [
    join(folder, 'npm'),
    join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]);
  for (const candidate of [...beside, env['npm_execpath'] ?? '', ...onPath.flat()]) {
    const file = await realpath(candidate).catch(() => '');
    // A version manager's `npm` may be a shell script.
    if (file.endsWith('npm-cli.js')) return file;
  }
  return undefined;
}

/** Runs npm to its end and returns what it printed. */
export async function runNpm(
  npm: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly signal?: AbortSignal } = {},
): Promise<string> {
  const running = promisify(execFile)(process.execPath, [npm, ...args], options);
  try {
    return (await running).stdout;
  } finally {
    // An aborted one may still be writing.
    const { child } = running;
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      await once(child, 'exit');
    }
  }
}
