import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BadInputError } from '../errors.ts';

/** The major version of Node that the deployables ask every provider for. */
export const deployedNodeMajor = 24;

/** The version of the Node that runs the function, such as `22.14.0`. */
export async function functionNodeVersion(nodePath: string | undefined): Promise<string> {
  if (nodePath === undefined) return process.versions.node;
  const { stdout } = await promisify(execFile)(nodePath, ['--version'], { timeout: 10_000 }).catch(
    (error: unknown) => {
      const reason = error instanceof Error && 'code' in error ? error.code : error;
      throw new BadInputError(`--node ${nodePath} cannot be run (${String(reason)})`);
    },
  );
  const [, version] = /^v(\d+\.\d+\.\d+)/.exec(stdout) ?? [];
  if (version !== undefined) return version;
  throw new BadInputError(`--node ${nodePath} is not Node: it gives no version`);
}

/** What a person should know when the function runs on another Node here than in the cloud. */
export function nodeNote(version: string): string | undefined {
  if (version.startsWith(`${deployedNodeMajor}.`)) return undefined;
  return `functions run on Node ${version} here and on Node ${deployedNodeMajor} when deployed; --node PATH picks another`;
}
