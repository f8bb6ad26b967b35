import type { Expectation, RequestCase } from '../contract.ts';
import { probed } from './places.ts';
import { albKeepsTheLastValue } from './sources.ts';

const spoofed: Expectation = { sameAs: 1, excludes: ['evil.example'] };

/** What a function sees of the request's headers. */
export const headerCases: readonly RequestCase[] = [
  {
    kind: 'requests',
    id: 'P30',
    title: 'a header sent twice arrives as one list, in order',
    why: 'honojs/hono handler.test.ts; srvx, serverless-http and serverless-offline keep only the last',
    where: probed,
    steps: [
      {
        method: 'GET',
        target: '/echo',
        headers: [
          ['X-M', '1'],
          ['X-M', '2'],
        ],
        expect: { status: 200, fields: { 'headers.x-m': '1, 2' } },
        differences: {
          aws: {
            expect: { status: 200, lists: { 'headers.x-m': ['1', '2'] } },
            why: 'Payload 2.0 and Function URLs join the values themselves, with a comma and no space.',
            source:
              'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html',
          },
          azure: {
            expect: { status: 200, lists: { 'headers.x-m': ['1', '2'] } },
            why: 'The Azure Functions host joins the values itself, with a comma and no space.',
            source:
              'https://github.com/Azure/azure-functions-nodejs-e2e-tests/blob/ed22735/src/http.test.ts',
          },
        },
      },
    ],
    impossible: [albKeepsTheLastValue],
  },
  {
    kind: 'requests',
    id: 'P31',
    title: 'a header is found in whatever case it was sent',
    why: 'serverless-express "headers get lowercased"',
    where: probed,
    steps: [
      {
        method: 'POST',
        target: '/echo',
        headers: [
          ['Content-TYPE', 'text/x-case'],
          ['x-LOWER-upper', 'Kept As Is'],
        ],
        body: Uint8Array.of(97),
        expect: {
          status: 200,
          fields: {
            'headers.content-type': 'text/x-case',
            'headers.x-lower-upper': 'Kept As Is',
            body: 'YQ==',
          },
        },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'P37',
    title: 'a spoofed X-Forwarded-Host or X-Forwarded-Proto does not change the origin',
    why: 'h3js/srvx aws.test.ts; functions-framework trusts them',
    where: probed,
    steps: [
      { method: 'GET', target: '/origin', expect: { status: 200 } },
      {
        method: 'GET',
        target: '/origin',
        headers: [['X-Forwarded-Host', 'evil.example']],
        expect: spoofed,
      },
      {
        method: 'GET',
        target: '/origin',
        headers: [['X-Forwarded-Proto', 'https']],
        expect: spoofed,
      },
      {
        method: 'GET',
        target: '/origin',
        headers: [['X-Forwarded-Proto', 'http']],
        expect: spoofed,
      },
      {
        method: 'GET',
        target: '/origin',
        headers: [['Forwarded', 'host=evil.example;proto=https']],
        expect: spoofed,
      },
    ],
  },
  {
    kind: 'requests',
    id: 'P39',
    title: 'cookies arrive exactly as they were sent',
    why: 'nitrojs/nitro#357; h3js/srvx aws.test.ts',
    where: probed,
    steps: [
      {
        method: 'GET',
        target: '/echo',
        headers: [['Cookie', 'a=1; b=2']],
        expect: { status: 200, fields: { cookie: 'a=1; b=2' } },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'T03',
    title: 'the invocation names its provider, has an id and time left',
    why: 'a portable function knows nothing else of a cloud',
    where: probed,
    steps: (['aws', 'google', 'azure', 'node'] as const).map((provider) => ({
      method: 'GET',
      target: '/invocation',
      only: [provider],
      expect: { status: 200, fields: { provider, hasId: true, hasTimeLeft: true } },
    })),
  },
];
