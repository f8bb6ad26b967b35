import type { RequestCase } from '../contract.ts';
import { probed } from './places.ts';
import { azureRoutesNoEmptySegment, httpApiDecodesThePath } from './sources.ts';

/** What a function sees of the path. */
export const pathCases: readonly RequestCase[] = [
  {
    kind: 'requests',
    id: 'P13',
    title: 'a path segment is decoded exactly once',
    why: 'micronaut-projects/micronaut-aws#656; dherault/serverless-offline#638',
    where: probed,
    steps: [
      {
        method: 'GET',
        target: '/api/a%20b',
        expect: { status: 200, json: { id: 'a b', path: '/api/a%20b' } },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'P17',
    title: 'an encoded percent sign stays encoded until the function decodes it',
    why: 'serverless-express on payload 1.0 decodes twice',
    where: probed,
    steps: [
      {
        method: 'GET',
        target: '/api/100%2525',
        expect: { status: 200, json: { id: '100%25', path: '/api/100%2525' } },
      },
    ],
    impossible: [httpApiDecodesThePath],
  },
  {
    kind: 'requests',
    id: 'P18',
    title: 'a trailing slash reaches the function, and /api/e/ is the same resource as /api/e',
    why: 'serverless-offline strips it',
    where: probed,
    steps: [
      {
        method: 'GET',
        target: '/api/e',
        expect: { status: 200, json: { id: 'e', path: '/api/e' } },
      },
      {
        method: 'GET',
        target: '/api/e/',
        expect: { status: 200, json: { id: 'e', path: '/api/e/' } },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'P20',
    title: 'dot segments are resolved as a URL resolves them',
    why: 'h3js/srvx test/_tests.ts',
    where: probed,
    steps: [
      {
        method: 'GET',
        target: '/foo/../bar/baz',
        expect: { status: 200, fields: { path: '/bar/baz' } },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'P23',
    title: 'an unknown route gets the function’s own 404, never the platform’s page',
    why: 'Azure/azure-functions-nodejs-e2e-tests "No function": an empty 404',
    where: probed,
    steps: [
      {
        method: 'GET',
        target: '/nowhere/at/all',
        expect: {
          status: 404,
          headers: { 'x-probe': 'not-found', 'content-type': { matches: '^text/plain' } },
          body: 'The probe has no such route.',
        },
      },
      { method: 'POST', target: '/', expect: { status: 404, headers: { 'x-probe': 'not-found' } } },
    ],
  },
  {
    kind: 'requests',
    id: 'T01',
    title: 'a path that starts with // changes neither the origin nor the path',
    why: 'new URL(path, base) takes //host for another host',
    where: probed,
    steps: [
      { method: 'GET', target: '/origin', expect: { status: 200 } },
      {
        method: 'GET',
        target: '//evil.example/origin',
        expect: { status: 404, headers: { 'x-probe': 'not-found' }, excludes: ['evil.example'] },
      },
    ],
    impossible: [azureRoutesNoEmptySegment],
  },
];
