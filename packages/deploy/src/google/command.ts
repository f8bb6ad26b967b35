import type { Target } from '../engine/target.ts';

/** The command that does something to this very target, ready to be typed. */
export function command(
  verb: 'deploy' | 'status' | 'logs' | 'rollback' | 'remove',
  { name, stage, region, account }: Target,
): string {
  const project = account === null ? '' : ` --project ${account}`;
  return `npx tricloud ${verb} google --name ${name} --stage ${stage} --region google=${region}${project}`;
}
