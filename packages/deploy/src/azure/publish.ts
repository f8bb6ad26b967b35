import * as v from 'valibot';
import type { DeployContext } from '../engine/cloud.ts';
import { DeployError, DeploymentInProgressError } from '../engine/errors.ts';
import { urlOfHost } from './endpoints.ts';
import { readErrorBody, readFailure } from './failure.ts';
import { parseJson } from './json.ts';
import { publishPath } from './requests.ts';
import type { Answer, Session } from './session.ts';
import type { Site } from './site.ts';
import { retryAfterMs, wait } from './wait.ts';

const stepName = 'publish the archive';

const StatusSchema = v.object({
  status: v.number(),
  status_text: v.nullish(v.string(), ''),
  progress: v.nullish(v.string(), ''),
});

// https://github.com/Azure/azure-functions-core-tools/blob/main/src/Azure.Functions.Cli/Common/DeployStatus.cs
const cancelled = -1;
const failed = 3;
const succeeded = 4;
const conflict = 5;
const partly = 6;

/**
 * Hands an archive to the app by one-deploy, the one way that Flex Consumption has, and waits until it runs,
 * https://learn.microsoft.com/azure/azure-functions/functions-deployment-technologies#one-deploy (2026-11-22).
 */
export async function publish(
  site: Site,
  bytes: Uint8Array,
  session: Session,
  onStep: DeployContext['onStep'],
): Promise<void> {
  const { pace } = session;
  const signal = AbortSignal.any([session.signal, AbortSignal.timeout(pace.operationMs)]);
  onStep({ name: stepName, state: 'started' });
  const going = (detail: string) => onStep({ name: stepName, state: 'progress', detail });
  for (let tries = 1; ; tries += 1) {
    const id = await hand(site, bytes, { ...session, signal }, going);
    const refusal = await follow(site, id, { ...session, signal }, going);
    if (refusal === null) break;
    // The app's role on its own storage takes a while to take effect, and one-deploy looks at once.
    const mayPass = /InaccessibleStorage|StorageAccessible/i.test(refusal) && /403/.test(refusal);
    if (!mayPass || tries >= pace.propagationTries) throw new DeployError('azure', refusal);
    going('the app’s access to its storage is on its way');
    await wait(pace.propagationMs, signal);
  }
  onStep({ name: stepName, state: 'done' });
}

/** Uploads the archive; gives the id of the publication. */
async function hand(
  site: Site,
  bytes: Uint8Array,
  session: Session,
  going: (detail: string) => void,
): Promise<string> {
  const { pace, endpoints, signal } = session;
  const url = `${urlOfHost(site.scmHost, endpoints)}${publishPath}`;
  for (let tries = 1; ; tries += 1) {
    const isLast = tries >= pace.startTries;
    const answer = await orStarting(isLast, () =>
      session.send({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/zip', 'cache-control': 'no-cache' },
        body: bytes,
        timeoutMs: pace.uploadMs,
      }),
    );
    if (answer?.status === 200 || answer?.status === 202) return readId(answer);
    const isStarting = answer === null || [404, 409, 502, 503, 504].includes(answer.status);
    if (answer !== null && (!isStarting || isLast)) throw refused(answer, url, session);
    going(
      answer?.status === 409
        ? 'another publication is under way; it is waited for'
        : 'the deployment site is starting',
    );
    const asked = answer?.headers.get('retry-after');
    await wait(retryAfterMs(asked, pace.pollMs, pace.now()), signal);
  }
}

/** The name of a new app's site is not known everywhere at once; null while nothing answers. */
async function orStarting(isLast: boolean, ask: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await ask();
  } catch (error) {
    const isAbort = error instanceof Error && error.name === 'AbortError';
    if (isLast || isAbort || readFailure(error).status !== null) throw error;
    return null;
  }
}

/** The answer is the id as a text of JSON; older sites give none, and then the latest is ours. */
function readId({ text }: Answer): string {
  const id = parseJson(text) ?? text.trim();
  return typeof id === 'string' && /^[\w-]+$/.test(id) ? id : 'latest';
}

function refused(answer: Answer, url: string, session: Session): Error {
  const said = messageOf(answer);
  if (answer.status === 409) {
    return new DeploymentInProgressError(
      'azure',
      `another publication of the app is under way: ${said}`,
      { hint: session.command('status') },
    );
  }
  return new RefusedError(answer.status, `${said} (HTTP ${answer.status} of ${new URL(url).host})`);
}

/** What the deployment site says of why it does not. */
class RefusedError extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.name = new.target.name;
    this.statusCode = statusCode;
  }
}

function messageOf({ status, text }: Answer): string {
  const said = readErrorBody(parseJson(text))?.message ?? text.split('\n', 1)[0]?.trim() ?? '';
  return said === '' || said.startsWith('<') ? `HTTP ${status}` : said.slice(0, 500);
}

/** Waits for the end of a publication; gives what Azure says where it failed, null where it did not. */
async function follow(
  site: Site,
  id: string,
  session: Session,
  going: (detail: string) => void,
): Promise<string | null> {
  const { pace, endpoints, signal } = session;
  const url = `${urlOfHost(site.scmHost, endpoints)}/api/deployments/${id}`;
  for (;;) {
    const answer = await session.send({ method: 'GET', url });
    // While the app takes the archive in, its site restarts and knows of nothing for a moment.
    const isStarting = [404, 502, 503, 504].includes(answer.status);
    if (answer.status >= 400 && !isStarting) throw refused(answer, url, session);
    const read = v.safeParse(StatusSchema, parseJson(answer.text));
    if (read.success) {
      const { status, status_text: said, progress } = read.output;
      if (status === succeeded) return null;
      if ([cancelled, failed, conflict, partly].includes(status)) {
        return `Azure did not publish the archive: ${said === '' ? `status ${status}` : said}`;
      }
      if (progress !== '' && progress !== null) going(progress);
    }
    await wait(retryAfterMs(answer.headers.get('retry-after'), pace.pollMs, pace.now()), signal);
  }
}
