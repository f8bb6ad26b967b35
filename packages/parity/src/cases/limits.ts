import type { CaseStep, RequestCase } from '../contract.ts';

const mebibyte = 1_048_576;

const lambdaLimits = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
const awsRefuses = {
  only: ['aws'],
  expect: { status: 413 },
  own: {
    why: 'AWS Lambda takes 6 MB of event JSON and answers 413 to more.',
    source: lambdaLimits,
  },
} as const;
const base64Counts = {
  why: 'Binary bodies count in base64: 4.5 MB of them fill the 6 MB of event JSON.',
  source: lambdaLimits,
};
const googleRefuses = {
  only: ['google'],
  expect: { status: 413 },
  own: {
    why: 'Google Cloud Run functions take 32 MiB over HTTP/1 and answer 413 to more.',
    source: 'https://cloud.google.com/run/quotas',
  },
} as const;
const azureRefuses = {
  only: ['azure'],
  expect: { status: 500 },
  own: {
    why: 'The Azure Functions host takes 104,857,600 bytes and answers 500, not 413, to more.',
    source: 'https://github.com/Azure/azure-functions-host/issues/10519',
  },
} as const;

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
      { ...upload('text/plain', 6 * mebibyte + 1), ...awsRefuses },
      // In base64 these are 6 MB exactly, and the event around them is more.
      { ...upload('application/octet-stream', 4.5 * mebibyte), ...awsRefuses, own: base64Counts },
      { ...upload('text/plain', 5 * mebibyte), only: ['aws'] },
      { ...upload('application/octet-stream', 32 * mebibyte + 1), ...googleRefuses },
      { ...upload('application/octet-stream', 32 * mebibyte), only: ['google'] },
      { ...upload('application/octet-stream', 100 * mebibyte + 1), ...azureRefuses },
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
