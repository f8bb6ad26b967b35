import type { CaseStep, RequestCase } from '../contract.ts';

const mebibyte = 1_048_576;

/** Where a provider itself refuses a request before the function sees it. */
export const limitCases: readonly RequestCase[] = [
  {
    kind: 'requests',
    id: 'P52',
    title:
      'a body over the provider’s own limit gets the provider’s own answer, one within it passes',
    why: 'dherault/serverless-offline#1477; functions-framework takes 1024 MB; every public runtime misses it',
    // The limit is the platform's: only a local runtime can stand in for it without sending so much to a deployed one.
    where: ['local'],
    steps: [
      // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB of event JSON.
      { ...upload('text/plain', 6 * mebibyte + 1), only: ['aws'], expect: { status: 413 } },
      // In base64 these are 6 MB exactly, and the event around them is more.
      {
        ...upload('application/octet-stream', 4.5 * mebibyte),
        only: ['aws'],
        expect: { status: 413 },
      },
      { ...upload('text/plain', 5 * mebibyte), only: ['aws'] },
      // https://cloud.google.com/run/quotas: 32 MiB over HTTP/1.
      {
        ...upload('application/octet-stream', 32 * mebibyte + 1),
        only: ['google'],
        expect: { status: 413 },
      },
      { ...upload('application/octet-stream', 32 * mebibyte), only: ['google'] },
      // https://github.com/Azure/azure-functions-host/issues/10519: 100 MiB, and the answer is 500.
      {
        ...upload('application/octet-stream', 100 * mebibyte + 1),
        only: ['azure'],
        expect: { status: 500 },
      },
      { ...upload('application/octet-stream', 32 * mebibyte + 1), only: ['azure'] },
      upload('text/plain', 1000),
    ],
  },
];

function upload(type: string, bytes: number): CaseStep {
  return {
    method: 'POST',
    target: '/length',
    headers: [['Content-Type', type]],
    body: bytes,
    expect: { status: 200, json: { bytes } },
  };
}
