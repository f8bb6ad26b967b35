import { deployedRuntime } from '@tricloud/core/catalog';
import { BadInputError, CommandError } from '../errors.ts';
import { chooseNode, majorOf, type NodeBinary } from './choose-node.ts';
import { installedNode, thisUser } from './node-cache.ts';
import { nodeExecPath, nodeVersion } from './node-version.ts';

/** Node that functions run on. */
export interface FunctionNode extends NodeBinary {
  /** Says that it is not the deployed major version. */
  readonly note: string | undefined;
}

/** Major version of Node that functions are deployed on; it is the same on every cloud. */
export const deployedMajor = majorOf(deployedRuntime('aws').version);

/** Command that installs the Node that functions are deployed on. */
export const installCommand = 'npx tricloud node install';

/**
 * Node that functions run on: `--node` is a binary or a major version.
 *
 * @throws {CommandError} when that binary is not Node, or that major version is not installed.
 */
export async function functionNode(flag: string | undefined): Promise<FunctionNode> {
  const owner = thisUser();
  const node = chooseNode({
    flag: flag === undefined ? undefined : await majorOrBinary(flag),
    deployedMajor,
    own: { path: process.execPath, version: process.versions.node },
    cached: (major) => installedNode(major, owner),
  });
  if (node !== undefined) return { ...node, note: nodeNote(node.version, flag === undefined) };
  throw new CommandError(`Node ${flag} is not installed`, { hint: `${installCommand} ${flag}` });
}

async function majorOrBinary(flag: string): Promise<number | NodeBinary> {
  if (/^\d+$/.test(flag)) return Number(flag);
  const version = await nodeVersion(flag).catch((error: unknown) => {
    const reason = error instanceof Error && 'code' in error ? error.code : error;
    throw new BadInputError(`--node ${flag} cannot be run (${String(reason)})`);
  });
  if (version !== undefined) return { path: await nodeExecPath(flag), version };
  throw new BadInputError(`--node ${flag} is not Node: it prints no version`);
}

function nodeNote(version: string, isFallback: boolean): string | undefined {
  if (majorOf(version) === deployedMajor) return undefined;
  const difference = `functions run on Node ${version} here and on Node ${deployedMajor} when deployed`;
  return isFallback
    ? `${difference}; ${installCommand} installs Node ${deployedMajor}`
    : difference;
}
