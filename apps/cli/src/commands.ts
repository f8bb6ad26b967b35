import type { Home } from './command-line/action.ts';
import type { Declaration, Options } from './command-line/declaration.ts';
import { parse, type Parsed } from './command-line/parse.ts';
import { bill, compare } from './declarations/costs.ts';
import { deployments } from './declarations/deployments.ts';
import { azureHost, dev, node, parity } from './declarations/local.ts';

/** A command that can be run. */
export interface Command {
  readonly declaration: Declaration;
  /** Parses the arguments after the command's name, runs it, and resolves to its exit code. */
  run(args: readonly string[], home: Home): Promise<number>;
}

const { plan, deploy, status, logs, rollback, remove, doctor } = deployments;

/** Every command, in the order of `tricloud --help`; its implementation is loaded when it runs. */
export const commands: readonly Command[] = [
  command(dev, async () => (await import('./commands/dev.ts')).dev),
  command(compare, async () => (await import('./commands/compare.ts')).compare),
  command(bill, async () => (await import('./commands/bill.ts')).bill),
  command(plan, async () => (await import('./commands/plan.ts')).plan),
  command(deploy, async () => (await import('./commands/deploy.ts')).deploy),
  command(status, async () => (await import('./commands/status.ts')).status),
  command(logs, async () => (await import('./commands/logs.ts')).logs),
  command(rollback, async () => (await import('./commands/rollback.ts')).rollback),
  command(remove, async () => (await import('./commands/remove.ts')).remove),
  command(doctor, async () => (await import('./commands/doctor.ts')).doctor),
  command(parity, async () => (await import('./commands/parity.ts')).parity),
  command(azureHost, async () => (await import('./commands/azure-host.ts')).azureHost),
  command(node, async () => (await import('./commands/node.ts')).node),
];

function command<O extends Options, T, N extends string>(
  declaration: Declaration<O, T, N>,
  load: () => Promise<(parsed: Parsed<O, T, N>, home: Home) => Promise<number>>,
): Command {
  return {
    declaration,
    run: async (args, home) => (await load())(parse(declaration, args, process.env), home),
  };
}
