import type { DeploymentPackage } from '@tricloud/build';
import * as v from 'valibot';
import { isLoopback } from '../../engine/endpoint.ts';
import { DeployError } from '../../engine/errors.ts';
import type { GoogleSession } from '../credentials/session.ts';
import type { StorageSource } from '../template/labels.ts';

const UploadUrl = v.object({
  uploadUrl: v.pipe(v.string(), v.url()),
  storageSource: v.object({
    bucket: v.string(),
    object: v.string(),
    generation: v.optional(v.string(), '0'),
  }),
});

/** Uploads a deployment package with the one header that the signed URL is valid for. */
export async function upload(
  { api, endpoints, names, timing }: GoogleSession,
  { bytes }: DeploymentPackage,
): Promise<StorageSource> {
  const method = 'cloudfunctions GenerateUploadUrl';
  const path = `v2/${names.location}/functions:generateUploadUrl`;
  const answer = await api.call(method, UploadUrl, path, { environment: 'GEN_2' });
  const { uploadUrl, storageSource } = answer;
  const url = new URL(uploadUrl);
  const isEmulated = endpoints('cloudfunctions').overriddenBy !== null && isLoopback(url);
  if (url.protocol !== 'https:' && !isEmulated) {
    const problem = `the upload URL of ${url.host} is not https; nothing was uploaded`;
    throw new DeployError('google', problem);
  }
  await api.upload({
    call: 'upload to Cloud Storage',
    method: 'PUT',
    url,
    headers: { 'content-type': 'application/zip' },
    body: bytes,
    timeoutMs: timing.uploadMs,
  });
  return storageSource;
}
