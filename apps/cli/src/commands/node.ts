import { deployedRuntime, providerIds } from '@tricloud/core/catalog';
import type { Action } from '../command-line/action.ts';
import type { node as declaration } from '../declarations/local.ts';
import { interruptible } from '../deploy/interruptible.ts';
import { deployedMajor, functionNode } from '../node/function-node.ts';
import { installNode } from '../node/install-node.ts';
import { thisUser } from '../node/node-cache.ts';

/** `tricloud node`: the Node that functions run on here; `tricloud node install` installs one. */
export const node: Action<typeof declaration> = async ({ operands }) =>
  operands === null ? list() : install(operands.major ?? deployedMajor);

async function list(): Promise<number> {
  const { path, version, note } = await functionNode(undefined);
  const rows = providerIds.map(
    (id) => `${id.padEnd(6)}  ${deployedRuntime(id).id.padEnd(10)}  Node ${version}  ${path}\n`,
  );
  process.stdout.write(rows.join(''));
  if (note !== undefined) process.stderr.write(`note: ${note}\n`);
  return 0;
}

async function install(major: number): Promise<number> {
  const { version, path } = await interruptible((signal) => installNode(major, thisUser(), signal));
  process.stdout.write(`installed Node ${version}: ${path}\n`);
  return 0;
}
