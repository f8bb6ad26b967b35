import type { ReportProgress } from '../../engine/run.ts';
import { randomUUID } from 'node:crypto';
import type { AwsSession } from '../credentials/session.ts';
import { changeStack } from '../state/change-stack.ts';
import { readStack, type Stack } from '../state/read-stack.ts';
import { stackInput } from '../template/names.ts';

/** Creates the stack with a template, or updates it. */
export async function applyTemplate(
  session: AwsSession,
  TemplateBody: string,
  { isNew, progress }: { readonly isNew: boolean; readonly progress: ReportProgress },
): Promise<Stack> {
  const cloudFormation = await session.cloudFormation();
  // A request that is repeated because its answer was lost changes nothing a second time.
  const token = { ClientRequestToken: randomUUID() };
  const input = { ...stackInput(session.target), ...token, TemplateBody };
  await changeStack(session, {
    stack: isNew ? null : input.StackName,
    expected: isNew ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE',
    progress,
    request: () => (isNew ? cloudFormation.createStack(input) : cloudFormation.updateStack(input)),
  });
  const stack = await readStack(session);
  if (stack === null) throw new Error('the stack was removed meanwhile');
  return stack;
}
