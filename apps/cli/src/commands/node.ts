import { deployedRuntime, providerIds } from '@tricloud/core/catalog';
import { parseArguments, seeHelp } from '../arguments.ts';
import { interruptible } from '../deploy/interruptible.ts';
import { UsageError } from '../errors.ts';
import type { Command } from '../main.ts';
import { deployedMajor, functionNode } from '../node/function-node.ts';
import { installNode } from '../node/install-node.ts';
import { thisUser } from '../node/node-cache.ts';

/** `tricloud node`: the Node that functions run on here; `tricloud node install` installs one. */
export const node: Command = async (args) => {
  const { positionals } = parseArguments('node', args, {});
  const [action, major = String(deployedMajor), surplus] = positionals;
  if (surplus !== undefined) {
    throw new UsageError(`node install takes one MAJOR, not also ${surplus}`, { hint });
  }
  if (action === undefined) return list();
  if (action === 'install') return install(major);
  throw new UsageError(`node has no action ${action}`, { hint });
};

const hint = seeHelp('node');

async function list(): Promise<number> {
  const { path, version, note } = await functionNode(undefined);
  const rows = providerIds.map(
    (id) => `${id.padEnd(6)}  ${deployedRuntime(id).id.padEnd(10)}  Node ${version}  ${path}\n`,
  );
  process.stdout.write(rows.join(''));
  if (note !== undefined) process.stderr.write(`note: ${note}\n`);
  return 0;
}

async function install(major: string): Promise<number> {
  if (!/^[1-9]\d{0,2}$/.test(major)) {
    throw new UsageError(
      `MAJOR is a number such as ${deployedMajor}, not ${JSON.stringify(major)}`,
      {
        hint,
      },
    );
  }
  const { version, path } = await interruptible((signal) =>
    installNode(Number(major), thisUser(), signal),
  );
  process.stdout.write(`installed Node ${version}: ${path}\n`);
  return 0;
}
