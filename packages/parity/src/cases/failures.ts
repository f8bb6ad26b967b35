import type { Expectation, RequestCase } from '../contract.ts';
import { probed } from './places.ts';

const bare500: Expectation = {
  status: 500,
  headers: { 'content-type': { matches: '^application/(problem\\+)?json' } },
  excludes: ['s3cr3t', 'stack', '.ts:', '.js:', '.mjs:', 'Error:', 'statusCode'],
};
const stillAlive = {
  method: 'GET',
  target: '/answer?body=alive',
  expect: { status: 200, body: 'alive' },
};

/** What a failing function costs: its own request, and nothing is told about it. */
export const failureCases: readonly RequestCase[] = [
  {
    kind: 'requests',
    id: 'P75',
    title: 'a throw is a bare 500 in JSON, and the next request is served',
    why: 'serverless-http koa.js; serverless-offline handlerPayload.test.js; srvx lets it escape',
    where: probed,
    steps: [
      { method: 'GET', target: '/throw?message=s3cr3t', expect: bare500 },
      stillAlive,
      { method: 'GET', target: '/reject?message=s3cr3t', expect: { ...bare500, sameAs: 1 } },
      stillAlive,
    ],
  },
  {
    kind: 'requests',
    id: 'P76',
    title: 'undefined or a wrong type in place of a Response is a bare 500 in JSON',
    why: 'serverless-offline "no-answer", "bad-answer"; @azure/functions toRpcHttp.test.ts',
    where: probed,
    steps: [
      { method: 'GET', target: '/undefined', expect: bare500 },
      { method: 'GET', target: '/wrong-type', expect: { ...bare500, sameAs: 1 } },
      stillAlive,
    ],
  },
];
