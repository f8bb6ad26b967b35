import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../errors.ts';
import { majorOf, type NodeBinary } from './choose-node.ts';
import { type CacheOwner, nodeBinary, nodeCache, nodeFolder, nodePackage } from './node-cache.ts';
import { nodeVersion } from './node-version.ts';
import { findNpm, runNpm } from './npm.ts';

const hint = '--node PATH runs functions on a Node that you install yourself';
const temporary = 'installing-';

/**
 * Installs the newest release of a major version of Node from npm into the user's cache.
 *
 * @throws {CommandError} when npm has none for this platform, cannot be reached, or what it installed does
 *   not run; the cache is then as before.
 */
export async function installNode(
  major: number,
  owner: CacheOwner,
  signal: AbortSignal,
): Promise<NodeBinary> {
  const name = nodePackage(owner);
  if (name === undefined) {
    const platform = `${owner.platform} ${owner.arch}`;
    throw new CommandError(`npm has no Node for ${platform}`, { hint });
  }
  const cache = nodeCache(owner);
  await mkdir(cache, { recursive: true });
  await removeAbandoned(cache);
  const temp = await mkdtemp(join(cache, temporary));
  try {
    await installPackage(`${name}@${major}`, temp, signal);
    const installed = join(temp, 'node_modules', name);
    const version = await nodeVersion(nodeBinary(installed, owner)).catch(() => undefined);
    if (version === undefined || majorOf(version) !== major) {
      throw new CommandError(`${name}@${major} does not run on this machine`, { hint });
    }
    const folder = nodeFolder(major, owner);
    await replaceFolder(folder, installed, join(temp, 'previous'));
    return { path: nodeBinary(folder, owner), version };
  } finally {
    await rm(temp, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function installPackage(spec: string, folder: string, signal: AbortSignal): Promise<void> {
  const npm = await findNpm();
  if (npm === undefined) throw new CommandError('npm is not found', { hint });
  // Links would put a second `node` next to the package; scripts are never needed.
  const flags = ['--ignore-scripts', '--no-bin-links', '--no-save', '--no-audit', '--no-fund'];
  const args = ['install', '--no-global', '--prefix', folder, ...flags, spec];
  try {
    await runNpm(npm, args, { cwd: folder, signal });
  } catch (error) {
    if (signal.aborted) throw new CommandError('interrupted', { cause: error });
    throw new CommandError(`npm could not install ${spec}: ${npmError(error)}`, {
      hint,
      cause: error,
    });
  }
}

/** The first message that npm printed after its code, such as `No matching version found for …`. */
function npmError(error: unknown): string {
  const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  const lines = [...stderr.matchAll(/^npm (?:error|ERR!) (.+)$/gm)].map(([, line = '']) => line);
  const message = lines.find((line) => !line.startsWith('code '));
  return (
    message?.replace(/^(?:notarget|network|\d{3}) /, '') ?? String(error).split('\n', 1)[0] ?? ''
  );
}

/** Puts a folder in the place of another; a program that runs from there keeps its open files. */
async function replaceFolder(folder: string, by: string, previous: string): Promise<void> {
  await rename(folder, previous).catch(unless('ENOENT'));
  // A second installation may have finished in between; its release is as good.
  await rename(by, folder).catch(unless('ENOTEMPTY', 'EEXIST'));
}

/** Handles an error of the file system by ignoring these codes. */
function unless(...codes: readonly string[]) {
  return (error: NodeJS.ErrnoException) => {
    if (!codes.includes(error.code ?? '')) throw error;
  };
}

/** Removes what a killed installation left; one that runs is younger than an hour. */
async function removeAbandoned(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith(temporary)) continue;
    const folder = join(cache, name);
    const changed = await stat(folder).catch(unless('ENOENT'));
    if (changed === undefined || Date.now() - changed.mtimeMs < 3_600_000) continue;
    await rm(folder, { recursive: true, force: true });
  }
}
