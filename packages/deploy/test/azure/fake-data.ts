import { createHash } from 'node:crypto';
import type { Answer, FakeAzure, Received } from './fake-state.ts';

/** One-deploy's taking of a deployment package. */
export function takeArchive(azure: FakeAzure, { body, query: asked }: Received): Answer {
  if (asked.get('RemoteBuild') !== 'false')
    azure.complaints.push('the deployment package would be built again');
  azure.published.push(createHash('sha256').update(body).digest('hex'));
  return { status: 202, body: `publication-${azure.published.length}` };
}

/** Blob Storage's taking of a blob that must not be there. */
export function putBlob(azure: FakeAzure, { body }: Received, name: string): Answer {
  if (azure.blobs.has(name)) {
    return { status: 409, headers: { 'x-ms-error-code': 'BlobAlreadyExists' } };
  }
  azure.blobs.set(name, body);
  return { status: 201, headers: { etag: '"1"' } };
}

/** Blob Storage's answer about a blob. */
export function blobAnswer(blob: Buffer | undefined): Answer {
  if (blob === undefined) return { status: 404, headers: { 'x-ms-error-code': 'BlobNotFound' } };
  return { status: 200, headers: { etag: '"1"', 'content-type': 'application/zip' }, body: blob };
}

/** The rows that came in after the time that the question names. */
export function queryLog(azure: FakeAzure, { body }: Received): Answer {
  const asked: { query: string } = JSON.parse(body.toString());
  const after = /CameIn > datetime\(([^)]+)\)/.exec(asked.query)?.[1] ?? '';
  const since = /TimeGenerated >= datetime\(([^)]+)\)/.exec(asked.query)?.[1] ?? '';
  const rows = azure.logRows.filter(([at, , cameIn]) => cameIn > after && at >= since);
  const columns = ['TimeGenerated', 'Text', 'CameIn'].map((name) => ({ name, type: 'string' }));
  return { status: 200, body: { tables: [{ name: 'PrimaryResult', columns, rows }] } };
}

/** What Flex Consumption offers. */
export function stacks({ nodeVersions, instances: [lowest, highest] }: FakeAzure): unknown {
  return {
    value: [
      {
        name: 'node',
        properties: {
          majorVersions: nodeVersions.map((version) => ({
            minorVersions: [
              {
                stackSettings: {
                  linuxRuntimeSettings: {
                    Sku: [
                      {
                        skuCode: 'FC1',
                        maximumInstanceCount: {
                          lowestMaximumInstanceCount: lowest,
                          highestMaximumInstanceCount: highest,
                          defaultValue: 100,
                        },
                        functionAppConfigProperties: { runtime: { name: 'node', version } },
                      },
                    ],
                  },
                },
              },
            ],
          })),
        },
      },
    ],
  };
}
