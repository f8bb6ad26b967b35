import type { CaseStep, RequestCase } from '../contract.ts';
import { base64, utf8 } from './bytes.ts';
import { probed } from './places.ts';

/** Every method reaches the function, and the answer is the function's own. */
export const methodCases: readonly RequestCase[] = [
  {
    kind: 'requests',
    id: 'P25',
    title: 'OPTIONS gets the function’s answer and no CORS header from anybody else',
    why: 'dherault/serverless-offline#1213; Azure/azure-functions-core-tools#854',
    where: probed,
    steps: [
      {
        method: 'OPTIONS',
        target: '/echo',
        headers: [
          ['Origin', 'https://shop.example'],
          ['Access-Control-Request-Method', 'PUT'],
        ],
        expect: {
          status: 200,
          fields: { method: 'OPTIONS', 'headers.origin': 'https://shop.example' },
          headers: {
            'access-control-allow-origin': null,
            'access-control-allow-methods': null,
            'access-control-allow-headers': null,
            'access-control-allow-credentials': null,
          },
        },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'P26',
    title: 'PUT, PATCH and DELETE reach the function with and without a body',
    why: 'serverless-http koa.js; app.http of @azure/functions registers GET and POST only',
    where: probed,
    steps: ['PUT', 'PATCH', 'DELETE'].flatMap(withAndWithoutBody),
  },
  {
    kind: 'requests',
    id: 'P29',
    title: 'a wrong method on a known path is 405 with Allow',
    why: 'nitrojs/nitro test/tests.ts; the Azure host alone would answer 404',
    where: probed,
    steps: [
      {
        method: 'POST',
        target: '/only-get',
        expect: { status: 405, headers: { allow: 'GET, HEAD' }, body: 'Only GET and HEAD.' },
      },
      { method: 'GET', target: '/only-get', expect: { status: 200, body: 'got' } },
    ],
  },
  {
    kind: 'requests',
    id: 'T02',
    title: 'HEAD reaches the function as HEAD and comes back without a body',
    why: 'a body after HEAD breaks the next answer on the same connection',
    where: probed,
    steps: [
      {
        method: 'HEAD',
        target: '/only-get',
        expect: { status: 200, headers: { 'content-type': { matches: '^text/plain' } }, body: '' },
      },
      { method: 'GET', target: '/only-get', expect: { status: 200, body: 'got' } },
    ],
  },
  {
    kind: 'requests',
    id: 'T07',
    title: 'HEAD tells the Content-Length that the function says GET would have',
    why: 'RFC 9110, 8.6: how a client learns the size of a download',
    // A REST API and a load balancer set the field themselves; what an HTTP API deployed does is not written down.
    where: ['local'],
    steps: [
      {
        method: 'HEAD',
        target: '/answer?header1=content-type:text/plain&header2=content-length:12345',
        expect: { status: 200, headers: { 'content-length': '12345' }, body: '' },
      },
      { method: 'GET', target: '/only-get', expect: { status: 200, body: 'got' } },
    ],
  },
];

function withAndWithoutBody(method: string): readonly CaseStep[] {
  const body = utf8(`body of ${method}`);
  return [
    {
      method,
      target: '/echo/item',
      headers: [['Content-Type', 'text/plain']],
      body,
      expect: { status: 200, fields: { method, body: base64(body) } },
    },
    { method, target: '/echo/item', expect: { status: 200, fields: { method, body: '' } } },
  ];
}
