import type { DeploymentOperation } from '@azure/arm-resources';
import type { DeployContext } from '../engine/cloud.ts';
import { DeployError } from '../engine/errors.ts';
import type { Target } from '../engine/target.ts';
import { readErrorBody } from './failure.ts';
import { deploymentName } from './names.ts';
import { toParameters } from './parameters.ts';
import { deploymentBody } from './requests.ts';
import type { Session } from './session.ts';
import { type Outputs, readOutputs } from './outputs.ts';
import { template } from './template.ts';

const stepName = 'deploy the template';

/**
 * Deploys the template into the group and waits for its end. Whoever interrupts it leaves no deployment running:
 * it is cancelled at Azure.
 */
export async function applyTemplate(
  target: Target,
  group: string,
  session: Session,
  onStep: DeployContext['onStep'],
): Promise<Outputs> {
  const { pace } = session;
  const signal = AbortSignal.any([session.signal, AbortSignal.timeout(pace.operationMs)]);
  onStep({ name: stepName, state: 'started' });
  try {
    const outputs = await run(target, group, { ...session, signal }, onStep);
    onStep({ name: stepName, state: 'done', detail: `${template.resources.length} resources` });
    return outputs;
  } catch (error) {
    if (signal.aborted) await cancel(group, session);
    else await tellFailed(group, session);
    throw error;
  }
}

async function run(
  target: Target,
  group: string,
  session: Session,
  onStep: DeployContext['onStep'],
): Promise<Outputs> {
  const { arm, pace, signal } = session;
  const poller = await arm.deployments.beginCreateOrUpdate(
    group,
    deploymentName,
    deploymentBody(toParameters(target), session.signedIn.principal),
    { abortSignal: signal, updateIntervalInMs: pace.pollMs },
  );
  const reports: Promise<void>[] = [];
  let isReporting = false;
  poller.onProgress(() => {
    if (isReporting) return;
    isReporting = true;
    reports.push(
      report(group, session, onStep)
        // Progress is told as far as it can be; the deployment goes on without.
        .catch(() => undefined)
        .finally(() => (isReporting = false)),
    );
  });
  const done = await poller.pollUntilDone({ abortSignal: signal });
  await Promise.all(reports);
  const outputs = readOutputs(done.properties?.outputs);
  if (outputs === null) throw new DeployError('azure', 'Azure told no outputs of the template');
  return outputs;
}

async function report(
  group: string,
  session: Session,
  onStep: DeployContext['onStep'],
): Promise<void> {
  const operations = await listOperations(group, session);
  const done = operations.filter(({ properties }) => properties?.provisioningState === 'Succeeded');
  const going = operations
    .filter(({ properties }) => properties?.provisioningState === 'Running')
    .flatMap(({ properties }) => properties?.targetResource?.resourceName ?? []);
  const names = going.length === 0 ? '' : `: ${going.join(', ')}`;
  onStep({
    name: stepName,
    state: 'progress',
    detail: `${new Set(done.map(idOf)).size} of ${template.resources.length} resources${names}`,
  });
}

async function listOperations(
  group: string,
  { arm, pace }: Session,
): Promise<readonly DeploymentOperation[]> {
  const operations: DeploymentOperation[] = [];
  const abortSignal = AbortSignal.timeout(pace.requestMs);
  for await (const each of arm.deploymentOperations.list(group, deploymentName, { abortSignal })) {
    // Reading what is there (`reference`) and writing the outputs are operations too.
    if (each.properties?.provisioningOperation === 'Create') operations.push(each);
  }
  return operations;
}

function idOf({ properties, operationId }: DeploymentOperation): string {
  return properties?.targetResource?.id ?? operationId ?? '';
}

/** Throws what Azure says of the first resource that failed: the operation as a whole says only that one did. */
async function tellFailed(group: string, session: Session): Promise<void> {
  const operations = await listOperations(group, session).catch(() => []);
  const failed = operations.filter(({ properties }) => properties?.provisioningState === 'Failed');
  const told = failed.flatMap(({ properties }) => {
    const { error } = properties?.statusMessage ?? {};
    const said = readErrorBody({ error: { ...error } });
    const { resourceType = 'a resource', resourceName = '' } = properties?.targetResource ?? {};
    return said === null
      ? []
      : [{ ...said, message: `${resourceType} ${resourceName}: ${said.message}` }];
  });
  const [first] = told;
  if (first === undefined) return;
  const correlationId = await session.arm.deployments
    .get(group, deploymentName)
    .then(({ properties }) => properties?.correlationId)
    .catch(() => undefined);
  const messages = told.map(({ code, message }) => `${message} (${code})`);
  throw new FailedResourcesError(first.code, messages, correlationId ?? null);
}

/** Resources of the template that Azure could not make. */
class FailedResourcesError extends Error {
  /** The first one's. */
  readonly code: string | null;

  constructor(code: string | null, messages: readonly string[], correlationId: string | null) {
    const id = correlationId === null ? '' : ` (correlation id ${correlationId})`;
    super(`${[...new Set(messages)].join('; ')}${id}`);
    this.name = new.target.name;
    this.code = code;
  }
}

async function cancel(group: string, { arm, pace }: Session): Promise<void> {
  const abortSignal = AbortSignal.timeout(pace.requestMs);
  // It may be done by now, or out of reach; what is left behind is told either way.
  await arm.deployments.cancel(group, deploymentName, { abortSignal }).catch(() => undefined);
}
