import type { ListObjectVersionsOutput, S3 } from '@aws-sdk/client-s3';

/** An object of a bucket, or one version of it. */
export interface BucketObject {
  readonly Key: string;
  readonly VersionId?: string;
}

/** Everything in a bucket, older versions and marks of deletion among it; nothing where there is no bucket. */
export async function objectsIn(s3: S3, bucket: string): Promise<readonly BucketObject[]> {
  const found: BucketObject[] = [];
  let next: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (next !== undefined) {
    const page: ListObjectVersionsOutput = await s3
      .listObjectVersions({ Bucket: bucket, ...next })
      .catch((error: unknown) => {
        if (error instanceof Error && error.name === 'NoSuchBucket') return {};
        throw error;
      });
    for (const { Key, VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]) {
      if (Key === undefined) continue;
      found.push(VersionId === undefined ? { Key } : { Key, VersionId });
    }
    next =
      page.IsTruncated === true && page.NextKeyMarker !== undefined
        ? {
            KeyMarker: page.NextKeyMarker,
            ...(page.NextVersionIdMarker === undefined
              ? {}
              : { VersionIdMarker: page.NextVersionIdMarker }),
          }
        : undefined;
  }
  return found;
}

/** Takes objects out of a bucket, a thousand at a time, which is what S3 takes in one request. */
export async function removeObjects(
  s3: S3,
  bucket: string,
  objects: readonly BucketObject[],
): Promise<void> {
  for (let start = 0; start < objects.length; start += 1000) {
    const Objects = objects.slice(start, start + 1000);
    const { Errors } = await s3.deleteObjects({ Bucket: bucket, Delete: { Objects, Quiet: true } });
    const [error] = Errors ?? [];
    if (error !== undefined) {
      throw new Error(
        `${error.Code ?? 'Error'}: ${error.Message ?? ''} (s3://${bucket}/${error.Key ?? ''})`,
      );
    }
  }
}

/** The text of an object; null where there is none. */
export async function textOf(s3: S3, bucket: string, key: string): Promise<string | null> {
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
