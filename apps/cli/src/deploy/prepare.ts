import type { ProviderId } from '@tricloud/core/catalog';
import type { DeployCommand, DeployContext, OnStep, Redact } from '@tricloud/deploy';
import type { Typed } from '../command-line/parse.ts';
import { nextCommandFor } from './next-command.ts';
import { redactFor } from './output.ts';
import type { RequestValues } from './settings.ts';
import { type CloudTarget, resolveTargets } from './targets.ts';

/** A command line on deployments. */
export interface DeploymentRequest {
  readonly command: DeployCommand;
  readonly values: RequestValues;
  readonly operands: readonly ProviderId[];
  readonly typed: Typed;
}

/** The resolved request of a command on deployments. */
export interface Prepared {
  readonly targets: readonly CloudTarget[];
  readonly redact: Redact;
  readonly contextFor: (run: {
    readonly signal: AbortSignal;
    readonly onStep?: OnStep;
  }) => DeployContext;
}

const changing: ReadonlySet<DeployCommand> = new Set(['deploy', 'rollback', 'remove']);

/** Resolves the targets of a request. Nothing is sent. */
export async function prepare({
  command,
  values,
  operands,
  typed,
}: DeploymentRequest): Promise<Prepared> {
  const faultHint = changing.has(command) ? 'nothing was sent' : undefined;
  const targets = await resolveTargets(operands, values, faultHint);
  const redact = redactFor(targets.map(({ target }) => target));
  const nextCommand = nextCommandFor({ command, typed, redact });
  return {
    targets,
    redact,
    contextFor: ({ signal, onStep = () => {} }) => ({
      env: process.env,
      onStep,
      nextCommand,
      signal,
    }),
  };
}
