import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import { DeployError } from '../engine/errors.ts';
import { type Access, endpointOf } from './access.ts';
import { told } from './failure.ts';
import { stackName } from './names.ts';
import { parseTemplate, plainOutputs, type Template } from './template.ts';

/** What the stack says of the deployment in it; empty for one that nothing of ours was deployed to. */
export interface DeployedRecord {
  readonly ArchiveSha256?: string;
  readonly SettingsSha256?: string;
  /** The folder of the deployment bucket that this deployment came from. */
  readonly Deployment?: string;
  readonly PreviousDeployment?: string;
  readonly PreviousArchiveSha256?: string;
}

/** A stack as it stands. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  /** CloudFormation's own word. */
  readonly status: string;
  readonly changedAt: string | null;
  readonly url: string | null;
  readonly record: DeployedRecord;
  /** Whether the function itself is there: after a first deployment that failed only the bucket is. */
  readonly hasFunction: boolean;
  /** Null where there is none yet. */
  readonly template: Template | null;
}

/** The stack of a target; null where there is none. */
export async function readStack(access: Access, cf: CloudFormation): Promise<Stack | null> {
  const name = stackName(access.target);
  const { signal, env } = access.context;
  return told(access, { doing: `read the stack ${name}` }, async () => {
    const stack = await describe(cf, name, signal);
    if (stack?.StackId === undefined) return null;
    const status = stack.StackStatus ?? 'UNKNOWN';
    const json = await templateOf(cf, name, status, signal);
    const template = json === null ? null : ownTemplate(json);
    if (template === 'foreign') throw foreign(access, name);
    const outputs = Object.fromEntries(
      (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
    );
    // A change that failed may leave its template there; the outputs are then of what is deployed. After one that did
    // not fail the template says the same, and not every emulator brings the outputs up to date.
    const isTold = Object.keys(outputs).length > 0 && !isSuccess(status);
    const record = isTold || template === null ? outputs : plainOutputs(template);
    const changedAt = stack.LastUpdatedTime ?? stack.CreationTime;
    return {
      id: stack.StackId,
      name,
      status,
      changedAt: changedAt?.toISOString() ?? null,
      url: endpointOf(env) === null ? (outputs['HttpApiUrl'] ?? null) : null,
      record,
      hasFunction: isTold ? 'HttpApiUrl' in outputs : functionIn(template) !== undefined,
      template,
    };
  });
}

/** Somebody's change is under way. A stack under review is none: it may have been left so. */
export function isBusy(status: string): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
}

/** The last change did all that it was to do. */
function isSuccess(status: string): boolean {
  return status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE';
}

/** What is left of a first deployment or of a removal that failed: it can only be removed. */
export function isDead(status: string): boolean {
  return [
    'CREATE_FAILED',
    'DELETE_FAILED',
    'REVIEW_IN_PROGRESS',
    'ROLLBACK_COMPLETE',
    'ROLLBACK_FAILED',
  ].includes(status);
}

/** The function's own resource in a template. */
export function functionIn(template: Template | null): Template['Resources'][string] | undefined {
  return Object.values(template?.Resources ?? {}).find(
    ({ Type }) => Type === 'AWS::Lambda::Function',
  );
}

/** A stack by name or id; undefined where AWS knows none. */
export async function describe(cf: CloudFormation, name: string, abortSignal?: AbortSignal) {
  try {
    const asked = { StackName: name };
    const { Stacks } = await cf.describeStacks(asked, abortSignal && { abortSignal });
    return Stacks?.[0];
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** CloudFormation has no name of its own for this error. */
function isMissing(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === 'ValidationError' &&
    error.message.includes('does not exist')
  );
}

async function templateOf(
  cf: CloudFormation,
  name: string,
  status: string,
  abortSignal: AbortSignal,
): Promise<string | null> {
  if (status === 'REVIEW_IN_PROGRESS' || status === 'DELETE_COMPLETE') return null;
  const { TemplateBody } = await cf.getTemplate({ StackName: name }, { abortSignal });
  return TemplateBody === undefined || TemplateBody === '' ? null : TemplateBody;
}

/** A template that the framework made of our app: with our function, or before it, with the bucket alone. */
function ownTemplate(json: string): Template | 'foreign' {
  const template = parseTemplate(json);
  const ids = Object.keys(template?.Resources ?? {});
  const isOurs =
    ids.includes('ServerlessDeploymentBucket') &&
    (ids.includes('TricloudLambdaFunction') ||
      ids.every((id) => id.startsWith('ServerlessDeployment')));
  return template === null || !isOurs ? 'foreign' : template;
}

/** A stack of somebody else's that has this name is neither changed nor removed. */
function foreign({ target }: Access, name: string): DeployError {
  const message = `the stack ${name} in ${target.region} holds something else: it was not made by this app`;
  return new DeployError('aws', message, { hint: 'another --name or --stage' });
}
