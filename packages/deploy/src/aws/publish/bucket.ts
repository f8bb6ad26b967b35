import type { ListObjectVersionsOutput, S3 } from '@aws-sdk/client-s3';

/** An object of a bucket, or one version of it. */
export interface BucketObject {
  readonly Key: string;
  readonly VersionId?: string | undefined;
}

/** Everything in a bucket, older versions and delete markers included; nothing where there is no bucket. */
export async function objectsIn(s3: S3, Bucket: string): Promise<readonly BucketObject[]> {
  const found: BucketObject[] = [];
  let next: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  do {
    const page: ListObjectVersionsOutput = await s3
      .listObjectVersions({ Bucket, ...next })
      .catch((error: unknown) => {
        if (error instanceof Error && error.name === 'NoSuchBucket') return {};
        throw error;
      });
    for (const { Key, VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]) {
      if (Key !== undefined) found.push({ Key, VersionId });
    }
    next = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  } while (next.KeyMarker !== undefined);
  return found;
}

/** Removes objects from a bucket, a thousand in a request, which is S3's limit. */
export async function removeObjects(
  s3: S3,
  bucket: string,
  objects: readonly BucketObject[],
): Promise<void> {
  for (let start = 0; start < objects.length; start += 1000) {
    const Objects = objects.slice(start, start + 1000);
    const { Errors } = await s3.deleteObjects({ Bucket: bucket, Delete: { Objects, Quiet: true } });
    for (const { Code = 'Error', Message = '', Key = '' } of Errors ?? []) {
      throw new Error(`${Code}: ${Message} (s3://${bucket}/${Key})`);
    }
  }
}

/** The text of an object; null where there is none. */
export async function readText(s3: S3, bucket: string, key: string): Promise<string | null> {
  try {
    const { Body } = await s3.getObject({ Bucket: bucket, Key: key });
    return (await Body?.transformToString()) ?? null;
  } catch (error) {
    if (error instanceof Error && ['NoSuchKey', 'NoSuchBucket', 'NotFound'].includes(error.name)) {
      return null;
    }
    throw error;
  }
}
