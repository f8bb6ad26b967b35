import type { Archive } from '../archive/archive.ts';
import { DeployError } from '../engine/errors.ts';
import { ApiError } from './api-error.ts';
import { isLoopback } from './endpoints.ts';
import type { StorageSource } from './labels.ts';
import type { Pace } from './pace.ts';
import { codeOfStatus, fetchWithin, secondsOf } from './rest.ts';
import { withRetries } from './retry.ts';
import type { Session } from './session.ts';

const call = 'PUT of the archive';

/**
 * Puts the archive where Google asks for it. The address is signed: it is a key, and neither credentials go there nor
 * is it shown to anybody. The header is the one that the API's documentation asks for, and no other.
 */
export async function upload(session: Session, archive: Archive): Promise<StorageSource> {
  const { functions, endpoints, pace, context } = session;
  const { signal } = context;
  const { url: signed, source } = await functions.uploadUrl();
  const url = new URL(signed);
  const isOverridden = endpoints.cloudfunctions.overriddenBy !== null;
  if (url.protocol !== 'https:' && !(isOverridden && isLoopback(url))) {
    throw new DeployError(
      'google',
      `the upload address of ${url.host} is not https; nothing was sent`,
    );
  }
  await withRetries(() => put(url, archive, { pace, signal }), {
    pace,
    signal,
    isRepeatable: true,
  });
  return source;
}

async function put(
  url: URL,
  { bytes }: Archive,
  bounds: { readonly pace: Pace; readonly signal: AbortSignal },
): Promise<void> {
  const response = await fetchWithin(call, url, bounds, {
    method: 'PUT',
    headers: { 'content-type': 'application/zip' },
    body: bytes,
    redirect: 'error',
  });
  const answer = await response.text().catch(() => '');
  if (response.ok) return;
  throw new ApiError(call, codeOfStatus(response.status), refusalOf(response.status, answer), {
    retryAfterMs: secondsOf(response.headers.get('retry-after')),
  });
}

// Cloud Storage answers in XML, and quotes what was signed
// (https://cloud.google.com/storage/docs/xml-api/reference-status, 2026-11-22).
function refusalOf(status: number, xml: string): string {
  const of = (tag: string) => new RegExp(`<${tag}>([^<]{1,300})</${tag}>`).exec(xml)?.[1];
  const said = [of('Code'), of('Message')].filter((part) => part !== undefined);
  return `Cloud Storage answered with ${status}${said.length === 0 ? '' : ` (${said.join(': ')})`}`;
}
