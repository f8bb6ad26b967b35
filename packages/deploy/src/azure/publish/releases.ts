import { createHash } from 'node:crypto';
import { DeployError } from '../../engine/errors.ts';
import type { HttpRequest } from '../../engine/http-client.ts';
import type { AzureSession } from '../credentials/session.ts';
import type { Site } from '../state/site.ts';
import { releasesContainer } from '../template/names.ts';

/**
 * A role takes effect within ten minutes,
 * https://learn.microsoft.com/azure/role-based-access-control/troubleshooting (2026-11-22).
 */
export const roleWait = { intervalMs: 5000, limitMs: 600_000 } as const;

/** Keeps a deployment package for `rollback`, under its hash: one of that name is that package. */
export async function keepPackage(
  session: AzureSession,
  site: Site,
  { bytes, sha256 }: { readonly bytes: Uint8Array; readonly sha256: string },
): Promise<void> {
  const headers = {
    'content-type': 'application/zip',
    'if-none-match': '*',
    'x-ms-blob-type': 'BlockBlob',
  };
  await send(session, site, sha256, { method: 'PUT', headers, body: bytes, accept: [409] });
}

/**
 * Reads a kept deployment package.
 *
 * @throws {DeployError} where its bytes have changed: the app's own identity may write there, too.
 */
export async function readPackage(
  session: AzureSession,
  site: Site,
  sha256: string,
): Promise<Uint8Array> {
  const { bytes } = await send(session, site, sha256, { method: 'GET' });
  if (createHash('sha256').update(bytes).digest('hex') === sha256) return bytes;
  const message = `the deployment package ${sha256} in the container ${releasesContainer} was changed: its hash is different. It is not published.`;
  throw new DeployError('azure', message, { hint: session.nextCommand('deploy') });
}

function send(
  { storage, timing }: AzureSession,
  { blobEndpoint }: Site,
  sha256: string,
  request: Omit<HttpRequest, 'call' | 'url'>,
) {
  const path = `${releasesContainer}/${sha256}.zip`;
  const call = `${request.method} ${path}`;
  return storage({ ...request, call, url: `${blobEndpoint}/${path}`, timeoutMs: timing.uploadMs });
}
