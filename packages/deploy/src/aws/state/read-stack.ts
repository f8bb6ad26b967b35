import { notOurs } from '../../engine/refusals.ts';
import { endpointOf } from '../credentials/environment.ts';
import type { AwsSession, Clients } from '../credentials/session.ts';
import type { DeploymentRecord } from '../template/stack-template.ts';
import { stackName } from '../template/names.ts';
import {
  functionIn,
  parseTemplate,
  plainOutputs,
  type Template,
} from '../template/parse-template.ts';

/** A stack of ours. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  /** CloudFormation's own word. */
  readonly status: string;
  /** ISO 8601. */
  readonly changedAt: string | null;
  readonly url: string | null;
  readonly record: DeploymentRecord;
  /** False after a first deployment that failed: the stack has the bucket alone. */
  readonly hasFunction: boolean;
  /** Null where there is none yet. */
  readonly template: Template | null;
}

/**
 * The stack of a target; null where there is none.
 *
 * @throws {DeployError} where the stack is not one of ours.
 */
export async function readStack(session: AwsSession): Promise<Stack | null> {
  const { target, env } = session;
  const name = stackName(target);
  const described = await describeStack(session, name);
  if (described?.StackId === undefined) return null;
  const status = described.StackStatus ?? 'UNKNOWN';
  const template = await templateOf(session, name, status);
  const outputs = Object.fromEntries(
    (described.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
  const changedAt = described.LastUpdatedTime ?? described.CreationTime;
  return {
    id: described.StackId,
    name,
    status,
    changedAt: changedAt?.toISOString() ?? null,
    url: endpointOf(env) === null ? (outputs['HttpApiUrl'] ?? null) : null,
    template,
    ...deployedIn(status, outputs, template),
  };
}

/**
 * A failed change may leave its template there; the outputs are then those of what is deployed. After a successful one
 * both say the same, and not every emulator updates the outputs.
 */
function deployedIn(
  status: string,
  outputs: Readonly<Record<string, string>>,
  template: Template | null,
): Pick<Stack, 'record' | 'hasFunction'> {
  const isSuccess = ['CREATE_COMPLETE', 'UPDATE_COMPLETE'].includes(status);
  const isByOutputs = Object.keys(outputs).length > 0 && !isSuccess;
  return isByOutputs || template === null
    ? { record: outputs, hasFunction: 'HttpApiUrl' in outputs }
    : { record: plainOutputs(template), hasFunction: functionIn(template) !== undefined };
}

/** True while a change is in progress. A stack under review may have been left so. */
export function isBusy(status: string): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
}

/** A stack by name or id; undefined where there is none. */
export async function describeStack(clients: Clients, name: string) {
  try {
    const { Stacks } = await (await clients.cloudFormation()).describeStacks({ StackName: name });
    return Stacks?.[0];
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** CloudFormation has no code of its own for a stack that does not exist. */
export function isMissing(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === 'ValidationError' &&
    error.message.includes('does not exist')
  );
}

async function templateOf(
  session: AwsSession,
  name: string,
  status: string,
): Promise<Template | null> {
  if (status === 'REVIEW_IN_PROGRESS' || status === 'DELETE_COMPLETE') return null;
  const cloudFormation = await session.cloudFormation();
  const { TemplateBody = '' } = await cloudFormation.getTemplate({ StackName: name });
  if (TemplateBody === '') return null;
  const template = parseTemplate(TemplateBody);
  if (template !== null && isOurs(template)) return template;
  throw notOurs(session, `the stack ${name} in ${session.target.region}`);
}

/** A template with our function, of ours or of apps/aws-lambda's serverless.yml; or, before the first deployment, with the bucket alone. */
function isOurs({ Resources }: Template): boolean {
  const ids = Object.keys(Resources);
  return (
    ids.includes('ServerlessDeploymentBucket') &&
    (ids.includes('TricloudLambdaFunction') ||
      ids.every((id) => id.startsWith('ServerlessDeployment')))
  );
}
