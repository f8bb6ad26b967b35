import * as v from 'valibot';
import type { ReportProgress } from '../../engine/run.ts';
import { OperationTimeoutError } from '../../engine/poll.ts';
import type { AzureSession } from '../credentials/session.ts';
import { readErrorBody } from '../errors/error-body.ts';
import { AzureFailureError } from '../errors/errors.ts';
import { deploymentPath, findDeployment, groupPath } from '../state/group.ts';
import template from '../template/arm-template.json' with { type: 'json' };
import { apiVersions } from '../template/versions.ts';
import { deploymentName } from '../template/names.ts';
import { deploymentBody } from '../template/parameters.ts';

const version = apiVersions.resources;

/**
 * Deploys the template into the group and waits for its end. An interrupted deployment is cancelled at Azure.
 *
 * @param id the deployment's id, for the app's variables; null leaves it out.
 */
export async function deployTemplate(
  session: AzureSession,
  id: string | null,
  progress: ReportProgress,
): Promise<void> {
  const json = deploymentBody(session.target, session.signedIn.principal, id);
  const path = deploymentPath(session);
  try {
    await session.arm.run({ method: 'PUT', path, version, json }, () => report(session, progress));
  } catch (error) {
    if (session.signal.aborted || error instanceof OperationTimeoutError) await cancel(session);
    if (error instanceof AzureFailureError) throw await toResourceFailure(session, error);
    throw error;
  }
}

const OperationSchema = v.object({
  properties: v.object({
    provisioningOperation: v.optional(v.string()),
    provisioningState: v.optional(v.string()),
    targetResource: v.nullish(
      v.object({ id: v.string(), resourceType: v.string(), resourceName: v.string() }),
    ),
    statusMessage: v.nullish(v.unknown()),
  }),
});

/** What the deployment does with its resources, and in which state that is. */
async function listOperations(session: AzureSession) {
  const path = `${groupPath(session)}/deployments/${deploymentName}/operations`;
  const listed = await session.arm.list(path, version);
  return v.parse(v.array(OperationSchema), listed).flatMap(({ properties }) => {
    const { provisioningOperation, provisioningState: state, targetResource } = properties;
    // Reading what is there (`reference`) and writing the outputs are operations, too.
    if (provisioningOperation !== 'Create' || !targetResource) return [];
    return [{ ...targetResource, state, said: properties.statusMessage }];
  });
}

async function report(session: AzureSession, progress: ReportProgress): Promise<void> {
  // The deployment continues where its progress cannot be read.
  const operations = await listOperations(session).catch(() => []);
  const done = operations.filter(({ state }) => state === 'Succeeded').map(({ id }) => id);
  const running = operations.flatMap((each) => (each.state === 'Running' ? each.resourceName : []));
  const names = running.length === 0 ? '' : `: ${running.join(', ')}`;
  progress(`${new Set(done).size} of ${template.resources.length} resources${names}`);
}

/** What Azure says of the resources that failed: the deployment as a whole says only that one did. */
async function toResourceFailure(
  session: AzureSession,
  failure: AzureFailureError,
): Promise<AzureFailureError> {
  const operations = await listOperations(session).catch(() => []);
  const said = operations.flatMap(({ state, said: body, resourceType, resourceName }) => {
    const error = state === 'Failed' ? readErrorBody(body) : null;
    const text = `${resourceType} ${resourceName}: ${error?.message} (${error?.code})`;
    return error === null ? [] : [{ code: error.code, text }];
  });
  const [first] = said;
  if (first === undefined) return failure;
  const deployment = await findDeployment(session).catch(() => null);
  const id = deployment?.correlationId;
  const texts = [...new Set(said.map(({ text }) => text))].join('; ');
  return new AzureFailureError(first.code, id ? `${texts} (correlation id ${id})` : texts);
}

async function cancel(session: AzureSession): Promise<void> {
  const { arm } = session.withSignal(AbortSignal.timeout(session.timing.requestMs));
  const path = `${deploymentPath(session)}/cancel`;
  // It may have ended by now, or be out of reach: what is left behind is reported either way.
  await arm.send({ method: 'POST', path, version }).catch(() => undefined);
}
