import type { DeploymentPackage } from '@tricloud/build';
import type { ReportProgress } from '../../engine/run.ts';
import { deploymentId } from '../../engine/deployment-id.ts';
import { retryWhile } from '../../engine/poll.ts';
import { onceKnown } from '../apply/service-account.ts';
import { findBuildAccount } from '../credentials/build-account.ts';
import type { GoogleSession } from '../credentials/session.ts';
import { ApiError } from '../errors/api-error.ts';
import { type DeployedFunction, getFunction, sourceOf } from '../state/deployed-function.ts';
import { functionDifferences, needsBuild } from '../state/differences.ts';
import {
  findRunningOperation,
  type Operation,
  operationError,
  OperationSchema,
  waitForOperation,
} from '../state/operations.ts';
import { continues, isSameRequest } from '../state/state.ts';
import { type FunctionBody, toFunction, updateMask } from '../template/function-body.ts';
import { fromLabels, placeHashOf, type PreviousPackage, toLabels } from '../template/labels.ts';
import { upload } from './upload.ts';

/** Sends what differs, and waits for it; nothing is built where only settings differ. */
export async function sendFunction(
  session: GoogleSession,
  deploymentPackage: DeploymentPackage,
  before: DeployedFunction | null,
): Promise<DeployedFunction | null> {
  const { names, target } = session;
  const { sha256 } = deploymentPackage;
  const differences = before && functionDifferences(target, names, sha256, before);
  const isBuilt = differences === null || differences.some(needsBuild);
  const source = isBuilt
    ? await session.step('upload the deployment package', () => upload(session, deploymentPackage))
    : null;
  const previous = previousOf(sha256, before);
  const body = toFunction(target, names, {
    deploymentId: deploymentId(target, deploymentPackage),
    labels: toLabels(before?.labels ?? {}, { sha256, previous }),
    source,
  });
  const start = () =>
    before === null
      ? createFunction(session, body)
      : patchFunction(session, body, updateMask(target, { source: isBuilt, settings: true }));
  const name = before === null ? 'create the function' : 'update the function';
  await session.step(name, async (progress) => {
    session.setInProgress(continues(session));
    const started = await orResumed(session, sha256, () => onceKnown(session, start));
    if (before === null) session.track(`function ${names.function}`);
    await waitForBuild(session, started, progress, before !== null);
  });
  return getFunction(session);
}

/** Waits for an operation that builds. */
export async function waitForBuild(
  session: GoogleSession,
  started: Operation,
  progress: ReportProgress,
  isUpdate: boolean,
): Promise<void> {
  const ended = await waitForOperation(session, 'cloudfunctions', started, progress);
  session.setInProgress(null);
  if (ended.error === undefined) return;
  const builtBy = await findBuildAccount(session).catch(() => null);
  const note = isUpdate ? 'What was deployed before still answers.' : '';
  throw operationError(session, ended, { builtBy, note });
}

function createFunction({ api, names }: GoogleSession, body: FunctionBody): Promise<Operation> {
  const path = `v2/${names.location}/functions?functionId=${names.functionId}`;
  return api.call('cloudfunctions CreateFunction', OperationSchema, path, body);
}

/** Changes the fields of a mask, and no others. */
export function patchFunction(
  { api, names }: GoogleSession,
  body: Partial<FunctionBody>,
  mask: string,
): Promise<Operation> {
  const path = `v2/${names.function}?updateMask=${mask}`;
  return api.call('cloudfunctions UpdateFunction', OperationSchema, path, body);
}

/** An ambiguous request may have been executed: then the operation that it started is waited for. */
async function orResumed(
  session: GoogleSession,
  sha256: string,
  start: () => Promise<Operation>,
): Promise<Operation> {
  const { timing, signal } = session;
  const startOrFind = async () => {
    try {
      return await start();
    } catch (error) {
      const running = isAmbiguous(error) ? await findRunningOperation(session) : null;
      if (running !== null && isSameRequest(session, sha256, running)) return running;
      throw error;
    }
  };
  return retryWhile(startOrFind, isAmbiguous, { timing, signal, limitMs: 2000 });
}

function isAmbiguous(error: unknown): boolean {
  return error instanceof ApiError && error.isAmbiguous;
}

/** What a rollback brings back: the package that works now, unless it is this very one. */
function previousOf(sha256: string, before: DeployedFunction | null): PreviousPackage | null {
  if (before === null) return null;
  const { sha256: current, previous } = fromLabels(before.labels);
  const isAnother = current !== null && current !== sha256;
  const source = sourceOf(before);
  if (before.state !== 'ACTIVE' || source === null || !isAnother) return previous;
  return { sha256: current, generation: source.generation, placeHash: placeHashOf(source) };
}
