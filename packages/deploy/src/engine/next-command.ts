import type { Target } from './target.ts';

/** A command that can follow: it acts on the same target as the one that runs. */
export type DeployCommand =
  | 'plan'
  | 'deploy'
  | 'status'
  | 'logs'
  | 'rollback'
  | 'remove'
  | 'doctor';

/** The whole command line of a command on the same target, quoted for a shell, without any secret. */
export type NextCommand = (command: DeployCommand, target: Target) => string;

/** The command line by the target's names alone, where the typed options are not known. */
export const commandByName: NextCommand = (command, { cloud, name, stage, region }) =>
  `npx tricloud ${command} ${cloud} --name ${name} --stage ${stage} --region ${cloud}=${region}`;
