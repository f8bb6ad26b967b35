import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Version of a Node binary, such as `24.22.3`; `undefined` of a program that is not Node. */
export async function nodeVersion(path: string): Promise<string | undefined> {
  const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 10_000 });
  return /^v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
}

/** Absolute path of the binary that a command runs: `node`, a relative path or a version manager's shim. */
export async function nodeExecPath(command: string): Promise<string> {
  const args = ['-p', 'process.execPath'];
  const { stdout } = await promisify(execFile)(command, args, { timeout: 10_000 });
  return stdout.trim();
}
