import type { Place, RequestCase } from '../contract.ts';
import { utf8 } from './bytes.ts';

const where: readonly Place[] = ['deployed'];
const json = [['Content-Type', 'application/json']] as const;
const problem = { 'content-type': { matches: '^application/problem\\+json' } } as const;
const noCors = { 'access-control-allow-origin': null } as const;

const usage = {
  freeTier: true,
  items: [
    {
      service: 'aws-lambda',
      region: 'us-east-1',
      usage: { requests: 3_000_000, durationMs: 120, memoryMiB: 1536 },
    },
    {
      service: 'google-cloud-run',
      region: 'us-central1',
      usage: { requests: 3_000_000, durationMs: 120, memoryMiB: 2048, vcpu: 1 },
    },
    {
      service: 'azure-functions-flex',
      region: 'eastus',
      usage: { executions: 3_000_000, durationMs: 120, memoryMiB: 2048 },
    },
  ],
};

/** What the routes of the shipped function can tell about any URL it is deployed to. */
export const deployedCases: readonly RequestCase[] = [
  {
    kind: 'requests',
    id: 'D01',
    title: 'the function is up',
    why: 'nothing below means anything otherwise',
    where,
    steps: [{ method: 'GET', target: '/healthz', expect: { status: 200 } }],
    impossible: [
      {
        provider: 'google',
        places: where,
        spoils: ['status'],
        why: 'Cloud Run keeps /healthz, like other paths that end in z, to itself and answers 404',
        source: 'https://cloud.google.com/run/docs/known-issues#ah',
      },
    ],
  },
  {
    kind: 'requests',
    id: 'D02',
    title: 'the function knows which provider it runs on',
    why: 'a URL given for the wrong provider',
    where,
    steps: (['aws', 'google', 'azure', 'node'] as const).map((provider) => ({
      method: 'GET',
      target: '/v1/whoami',
      only: [provider],
      expect: { status: 200, fields: { provider } },
    })),
  },
  {
    kind: 'requests',
    id: 'D03',
    title: 'an unknown route gets the function’s own 404',
    why: 'as P23',
    where,
    steps: [
      {
        method: 'GET',
        target: '/nowhere/at/all',
        expect: { status: 404, headers: problem, fields: { status: 404 } },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'D04',
    title: 'a wrong method on a known path is 405 with Allow',
    why: 'as P29',
    where,
    steps: [
      {
        method: 'DELETE',
        target: '/v1/whoami',
        expect: { status: 405, headers: { ...problem, allow: { matches: '\\bGET\\b' } } },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'D05',
    title: 'HEAD answers as GET does, without a body',
    why: 'as T02',
    where,
    steps: [
      { method: 'HEAD', target: '/healthz', expect: { status: 200, body: '' } },
      { method: 'GET', target: '/healthz', expect: { status: 200 } },
    ],
  },
  {
    kind: 'requests',
    id: 'D06',
    title: 'OPTIONS names the methods, and nobody adds CORS headers',
    why: 'as P25',
    where,
    steps: [
      {
        method: 'OPTIONS',
        target: '/v1/whoami',
        headers: [['Origin', 'https://shop.example']],
        expect: {
          headers: { ...noCors, allow: { matches: '\\bGET\\b' } },
          sameOnEveryProvider: true,
        },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'D07',
    title: 'malformed JSON is a 400 with a problem document',
    why: 'a parser that throws is a 500, one in front of the function answers a page of its own',
    where,
    steps: [
      {
        method: 'POST',
        target: '/v1/comparisons',
        headers: json,
        body: utf8('{"requestsPerMonth": '),
        expect: { status: 400, headers: problem, fields: { status: 400 } },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'D08',
    title: 'the same workload gives the same comparison on every provider',
    why: 'what the function is for',
    where,
    steps: [
      {
        method: 'POST',
        target: '/v1/comparisons',
        headers: json,
        body: utf8('{"requestsPerMonth":3000000,"durationMs":120,"memoryMiB":1536}'),
        expect: { status: 200, sameOnEveryProvider: true },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'D09',
    title: 'a workload that does not fit is refused with 422',
    why: 'validation that only one provider reaches',
    where,
    steps: [
      {
        method: 'POST',
        target: '/v1/comparisons',
        headers: json,
        body: utf8('{"requestsPerMonth":-1,"durationMs":"120"}'),
        expect: { status: 422, headers: problem, sameOnEveryProvider: true },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'D10',
    title: 'the lesson, the providers and the services are the same on every provider',
    why: 'text in UTF-8 and query strings through every front door',
    where,
    steps: ['/v1/lesson?lang=vi', '/v1/lesson?lang=en', '/v1/providers', '/v1/services'].map(
      (target) => ({
        method: 'GET',
        target,
        headers: [['Accept', 'application/json']] as const,
        expect: {
          status: 200,
          headers: { 'content-type': { matches: '^application/json' } },
          sameOnEveryProvider: true as const,
        },
      }),
    ),
  },
  {
    kind: 'requests',
    id: 'D11',
    title: 'the same usage gives the same bill on every provider',
    why: 'a body of many items, and a bill of all three clouds, through every front door',
    where,
    steps: [
      {
        method: 'POST',
        target: '/v1/bills',
        headers: json,
        body: utf8(JSON.stringify(usage)),
        expect: {
          status: 200,
          headers: { 'content-type': { matches: '^application/json' } },
          sameOnEveryProvider: true,
        },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'D12',
    title: 'usage that does not fit is refused with 422 and every fault',
    why: 'as D09; with a body that one provider’s framework could read in another way',
    where,
    steps: [
      '{"items":[{"service":"aws-sqs","region":"mars","usage":{"requests":-1,"x":1}},null]}',
      '{"items":[{"service":"__proto__"}],"freeTier":"yes"}',
      '[]',
    ].map((body) => ({
      method: 'POST',
      target: '/v1/bills',
      headers: json,
      body: utf8(body),
      expect: { status: 422, headers: problem, sameOnEveryProvider: true as const },
    })),
  },
  {
    kind: 'requests',
    id: 'D13',
    title: 'what is no usage in JSON is refused alike on every provider',
    why: 'as D07: a front door that answers in the function’s place',
    where,
    steps: [
      { body: '{"items":[', type: 'application/json', status: 400 },
      { body: '', type: 'application/json', status: 400 },
      { body: ' '.repeat(70_000), type: 'application/json', status: 413 },
      { body: 'items=1', type: 'application/x-www-form-urlencoded', status: 415 },
    ].map(({ body, type, status }) => ({
      method: 'POST',
      target: '/v1/bills',
      headers: [['Content-Type', type]] as const,
      body: utf8(body),
      expect: { status, headers: problem, sameOnEveryProvider: true as const },
    })),
  },
];
