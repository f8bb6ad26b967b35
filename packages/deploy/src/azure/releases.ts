import type { ContainerClient, RequestPolicyFactory } from '@azure/storage-blob';
import { createHash } from 'node:crypto';
import { DeployError } from '../engine/errors.ts';
import { isSafeForToken } from './endpoints.ts';
import { readFailure } from './failure.ts';
import { releasesContainer } from './names.ts';
import type { Session } from './session.ts';
import { wait } from './wait.ts';

/**
 * Keeps an archive for `rollback`, under its hash: one that is there already is that archive. A role that was given
 * a moment ago is waited for.
 */
export async function keepArchive(
  blobEndpoint: string,
  archive: { readonly bytes: Uint8Array; readonly sha256: string },
  session: Session,
  onWait: () => void,
): Promise<void> {
  const container = await openContainer(blobEndpoint, session);
  const blob = container.getBlockBlobClient(`${archive.sha256}.zip`);
  await whileRoleIsOnItsWay(session, onWait, async () => {
    try {
      await blob.uploadData(archive.bytes, {
        abortSignal: session.signal,
        conditions: { ifNoneMatch: '*' },
        blobHTTPHeaders: { blobContentType: 'application/zip' },
      });
    } catch (error) {
      if (readFailure(error).status !== 409) throw error;
    }
  });
}

/**
 * Reads a kept archive.
 *
 * @throws {DeployError} where its bytes are not those that were kept: the app's own identity may write there too.
 */
export async function readArchive(
  blobEndpoint: string,
  sha256: string,
  session: Session,
): Promise<Uint8Array> {
  const container = await openContainer(blobEndpoint, session);
  const blob = container.getBlockBlobClient(`${sha256}.zip`);
  const bytes = await blob.downloadToBuffer(0, undefined, { abortSignal: session.signal });
  if (createHash('sha256').update(bytes).digest('hex') === sha256) return bytes;
  throw new DeployError(
    'azure',
    `the archive ${sha256} in the container ${releasesContainer} was changed: its hash is another. It is not deployed.`,
    { hint: session.command('deploy') },
  );
}

async function openContainer(blobEndpoint: string, session: Session): Promise<ContainerClient> {
  const { AnonymousCredential, ContainerClient, newPipeline } = await import('@azure/storage-blob');
  const url = new URL(`${blobEndpoint.replace(/\/+$/, '')}/${releasesContainer}`);
  const { pace, signedIn, clientOptions } = session;
  const options = {
    userAgentOptions: clientOptions.userAgentOptions,
    retryOptions: { maxTries: 4, retryDelayInMs: pace.retryMs },
  };
  if (url.protocol === 'https:') {
    return new ContainerClient(url.href, signedIn.credential, options);
  }
  // As in the session: the official credential refuses plain http, and an emulator on this machine speaks it.
  const pipeline = newPipeline(new AnonymousCredential(), options);
  pipeline.factories.unshift(loopbackBearer(session));
  return new ContainerClient(url.href, pipeline);
}

function loopbackBearer({ signedIn }: Session): RequestPolicyFactory {
  return {
    create: (next) => ({
      async sendRequest(request) {
        if (!isSafeForToken(request.url)) {
          throw new Error(`no token goes to ${new URL(request.url).host} over plain http`);
        }
        const token = await signedIn.credential.getToken('https://storage.azure.com/.default');
        if (token !== null) request.headers.set('authorization', `Bearer ${token.token}`);
        return next.sendRequest(request);
      },
    }),
  };
}

async function whileRoleIsOnItsWay(
  { pace, signal }: Session,
  onWait: () => void,
  work: () => Promise<void>,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (readFailure(error).status !== 403 || tries >= pace.propagationTries) throw error;
    }
    onWait();
    await wait(pace.propagationMs, signal);
  }
}
