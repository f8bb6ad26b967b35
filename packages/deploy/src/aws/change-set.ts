import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import { type Access, endpointOf } from './access.ts';
import { stackName } from './names.ts';

/**
 * The framework deletes its change set before it makes the next one. AWS takes the deletion of one that is not there;
 * moto 5.2 answers it with a 500 (`delete_change_set` of its cloudformation/models.py, 2026-11-22), and no later run
 * would come further. So an emulator that an interruption left without one is given one to delete.
 */
export async function leaveChangeSet(access: Access, cf: CloudFormation): Promise<void> {
  if (endpointOf(access.context.env) === null) return;
  const stack = stackName(access.target);
  const names = { StackName: stack, ChangeSetName: `${stack}-change-set` };
  try {
    const isThere = await cf.describeChangeSet(names).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    const { TemplateBody } = await cf.getTemplate({ StackName: stack });
    await cf.createChangeSet({
      ...names,
      ChangeSetType: 'UPDATE',
      TemplateBody,
      Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    });
  } catch {
    // The interruption is what is told.
  }
}
