import * as v from 'valibot';
import type { ReportProgress } from '../../engine/run.ts';
import { DeploymentInProgressError } from '../../engine/errors.ts';
import { type HttpAnswer, readRetryAfter } from '../../engine/http-client.ts';
import { poll, retryWhile } from '../../engine/poll.ts';
import { urlOfHost } from '../credentials/endpoints.ts';
import type { AzureSession } from '../credentials/session.ts';
import { AzureFailureError, statusOf } from '../errors/errors.ts';
import type { Site } from '../state/site.ts';
import { apiVersions } from '../template/versions.ts';
import { publishPath } from '../template/names.ts';
import { roleWait } from './releases.ts';

const PublicationSchema = v.object({
  status: v.number(),
  status_text: v.nullish(v.string()),
  progress: v.nullish(v.string()),
});

const succeeded = 4;
/**
 * Ends of a publication: cancelled, failed, succeeded, in conflict, succeeded in part,
 * https://github.com/Azure/azure-functions-core-tools/blob/main/src/Azure.Functions.Cli/Common/DeployStatus.cs.
 */
const ends: ReadonlySet<number | undefined> = new Set([-1, 3, succeeded, 5, 6]);

/** Statuses of a site that starts or restarts; null where its name is not known yet. */
const starting: ReadonlySet<number | null> = new Set([null, 404, 409, 502, 503, 504]);
const startMs = 180_000;

/**
 * Publishes a deployment package by one-deploy, the only way that Flex Consumption has, and waits until it runs,
 * https://learn.microsoft.com/azure/azure-functions/functions-deployment-technologies#one-deploy (2026-11-22).
 */
export async function oneDeploy(
  session: AzureSession,
  site: Site,
  bytes: Uint8Array,
  progress: ReportProgress,
): Promise<void> {
  const scm = urlOfHost(site.scmHost, session.endpoints);
  const publishOnce = async () => {
    const id = await upload(session, scm, bytes, progress);
    await waitUntilPublished(session, `${scm}/api/deployments/${id}`, progress);
  };
  // The app's role on its own storage takes a while to take effect, and one-deploy checks it at once.
  const isRoleMissing = (error: unknown) => {
    const text = error instanceof AzureFailureError ? error.message : '';
    if (!/InaccessibleStorage|StorageAccessible/i.test(text) || !text.includes('403')) return false;
    progress('waiting for the app’s role on its storage');
    return true;
  };
  await retryWhile(publishOnce, isRoleMissing, { ...session, ...roleWait });
  await syncTriggers(session, site);
}

/** Uploads the deployment package; returns the publication's id. */
async function upload(
  session: AzureSession,
  scm: string,
  body: Uint8Array,
  progress: ReportProgress,
): Promise<string> {
  const send = () =>
    session.site({
      call: 'POST /api/publish',
      method: 'POST',
      url: `${scm}${publishPath}`,
      headers: { 'content-type': 'application/zip', 'cache-control': 'no-cache' },
      body,
      timeoutMs: session.timing.uploadMs,
      isRepeatable: true,
    });
  const isStarting = (error: unknown) => {
    const status = statusOf(error);
    if (session.signal.aborted || !starting.has(status)) return false;
    progress(`waiting for ${status === 409 ? 'another publication' : 'the deployment site'}`);
    return true;
  };
  try {
    return readId(await retryWhile(send, isStarting, { ...session, limitMs: startMs }));
  } catch (error) {
    if (statusOf(error) !== 409) throw error;
    const message = 'another publication of the app is in progress';
    throw new DeploymentInProgressError('azure', message, { hint: session.nextCommand('status') });
  }
}

/** The answer is the id as JSON text; older sites give none: then the latest publication is ours. */
function readId({ json, text }: HttpAnswer): string {
  const id = json ?? text.trim();
  return typeof id === 'string' && /^[\w-]+$/.test(id) ? id : 'latest';
}

/** @throws {AzureFailureError} where the publication failed. */
async function waitUntilPublished(
  session: AzureSession,
  url: string,
  progress: ReportProgress,
): Promise<void> {
  const look = async () => {
    // The site restarts while the app is published, and does not know the publication for a moment.
    const accept = [404, 502, 503, 504];
    const answer = await session.site({ call: 'GET /api/deployments', method: 'GET', url, accept });
    const read = v.safeParse(PublicationSchema, answer.json);
    if (read.success && read.output.progress) progress(read.output.progress);
    return { ...answer, publication: read.success ? read.output : null };
  };
  const { publication } = await poll(
    look,
    (answer) => ends.has(answer.publication?.status),
    session,
    ({ headers }) => readRetryAfter(headers.get('retry-after'), session.timing.now()),
  );
  if (publication?.status === succeeded) return;
  throw new AzureFailureError(null, publication?.status_text || `status ${publication?.status}`);
}

/**
 * Tells the platform the triggers of the new code: before, it starts no instance for them,
 * https://learn.microsoft.com/azure/azure-functions/functions-deployment-technologies#trigger-syncing (2026-11-22).
 */
async function syncTriggers(session: AzureSession, { id }: Site): Promise<void> {
  const path = `${id}/syncfunctiontriggers`;
  const sync = () => session.arm.send({ method: 'POST', path, version: apiVersions.web });
  // The host restarts with the new code, and answers 400 until it runs.
  const isStarting = (error: unknown) =>
    !session.signal.aborted && [400, ...starting].includes(statusOf(error));
  await retryWhile(sync, isStarting, { ...session, limitMs: startMs });
}
