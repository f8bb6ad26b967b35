import type { Target } from '../engine/target.ts';

/** A command that a message may name. */
export type Verb = 'deploy' | 'doctor' | 'remove' | 'rollback' | 'status';

/** The command that does something to this very target, ready to be typed. */
export function command(verb: Verb, { name, stage, region, account }: Target): string {
  const subscription = account === null ? '' : ` --subscription ${account}`;
  return `npx tricloud ${verb} azure --name ${name} --stage ${stage} --region azure=${region}${subscription}`;
}
