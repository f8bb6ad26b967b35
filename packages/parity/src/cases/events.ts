import type { EventCase, Json } from '../contract.ts';
import { byEvent } from './places.ts';

const http = {
  method: 'GET',
  path: '/echo/x',
  protocol: 'HTTP/1.1',
  sourceIp: '203.0.113.7',
  userAgent: 'probe',
};
const seen = { status: 200, fields: { path: '/echo/x', method: 'GET' } } as const;

/** What only the provider's own event can tell. */
export const eventCases: readonly EventCase[] = [
  {
    kind: 'events',
    id: 'P21',
    title: 'a stage, a base path and a custom domain do not show in the path',
    why: 'honojs/hono#5015; CodeGenieApp/serverless-express#216, #465; serverless-http base-path.js',
    where: byEvent,
    provider: 'aws',
    events: [
      {
        name: 'payload 2.0 with a named stage',
        event: httpApi({ rawPath: '/dev/echo/x' }, { stage: 'dev' }),
        expect: seen,
      },
      {
        name: 'payload 2.0 whose path only begins like the stage',
        event: httpApi({ rawPath: '/developer/x' }, { stage: 'dev' }),
        expect: { status: 200, fields: { path: '/developer/x' } },
      },
      {
        name: 'payload 2.0 with the $default stage',
        event: httpApi({ rawPath: '/echo/x' }),
        expect: seen,
      },
      {
        name: 'payload 2.0 with the $default stage and a path named as one',
        event: httpApi({ rawPath: '/echo/dev/x' }),
        expect: { status: 200, fields: { path: '/echo/dev/x' } },
      },
      {
        name: 'REST behind a stage',
        event: rest({ path: '/echo/x' }, { path: '/dev/echo/x' }),
        expect: seen,
      },
      {
        name: 'REST behind a base path mapping that adds rawPath',
        event: rest({ path: '/echo/x', rawPath: '/shop/echo/x' }, { path: '/shop/echo/x' }),
        expect: seen,
      },
      {
        name: 'REST behind a base path mapping that stays in path',
        event: rest(
          { path: '/shop/echo/x' },
          { path: '/shop/echo/x', domainName: 'api.example.com' },
        ),
        expect: seen,
      },
      {
        name: 'REST behind a base path mapping, with a slash encoded in the path',
        event: rest(
          { path: '/shop/echo/x%2Fy', pathParameters: { proxy: 'echo/x/y' } },
          { path: '/shop/echo/x%2Fy', domainName: 'api.example.com' },
        ),
        expect: { status: 200, fields: { path: '/echo/x%2Fy' } },
      },
      {
        name: 'REST on a custom domain without a mapping',
        event: rest({}, { domainName: 'api.example.com' }),
        expect: seen,
      },
    ],
  },
  {
    kind: 'events',
    id: 'P28',
    title: 'an event whose method is in lower case is still a GET',
    why: 'serverless-offline LambdaProxyIntegrationEventV2.test.js',
    where: byEvent,
    provider: 'aws',
    events: [
      {
        name: 'payload 2.0',
        event: httpApi({ rawPath: '/echo/x' }, { http: { ...http, method: 'get' } }),
        expect: seen,
      },
      { name: 'REST', event: rest({ httpMethod: 'get' }, { httpMethod: 'get' }), expect: seen },
    ],
  },
  {
    kind: 'events',
    id: 'P34',
    title: 'an event whose headers are null is served',
    why: 'the console’s test events; srvx throws',
    where: byEvent,
    provider: 'aws',
    events: [
      {
        name: 'REST',
        event: rest({ headers: null, multiValueHeaders: null }),
        expect: seen,
      },
    ],
  },
  {
    kind: 'events',
    id: 'P35',
    title: 'an event without requestContext is served',
    why: 'honojs/hono runtime-tests/lambda; serverless-express throws',
    where: byEvent,
    provider: 'aws',
    events: [
      {
        name: 'payload 1.0',
        event: {
          httpMethod: 'GET',
          path: '/echo/x',
          headers: {},
          body: null,
          isBase64Encoded: false,
        },
        expect: seen,
      },
      {
        name: 'payload 2.0',
        event: {
          version: '2.0',
          rawPath: '/echo/x',
          rawQueryString: '',
          headers: {},
          isBase64Encoded: false,
        },
        expect: { status: 200, fields: { path: '/echo/x' } },
      },
      { name: 'rawPath alone', event: { rawPath: '/echo/x' }, expect: seen },
    ],
  },
  {
    kind: 'events',
    id: 'P39e',
    title: 'cookies that stand in the event twice arrive once',
    why: 'nitrojs/nitro#357; Function URLs repeat the header (aws-lambda-rust-runtime lambda_function_url_request.json)',
    where: byEvent,
    provider: 'aws',
    events: [
      {
        name: 'cookies and headers.cookie',
        event: httpApi({
          cookies: ['a=1', 'b=2'],
          headers: { host: 'probe.example', cookie: 'a=1; b=2' },
        }),
        expect: { status: 200, fields: { cookie: 'a=1; b=2' } },
      },
      {
        name: 'cookies alone',
        event: httpApi({ cookies: ['a=1', 'b=2'] }),
        expect: { status: 200, fields: { cookie: 'a=1; b=2' } },
      },
      {
        name: 'headers.cookie alone',
        event: httpApi({ headers: { host: 'probe.example', cookie: 'a=1; b=2' } }),
        expect: { status: 200, fields: { cookie: 'a=1; b=2' } },
      },
    ],
  },
];

type Members = Readonly<Record<string, Json>>;

/** A payload 2.0 event as an HTTP API sends it. */
function httpApi(event: Members, context: Members = {}): Json {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/echo/x',
    rawQueryString: '',
    headers: { accept: '*/*', host: 'probe.example' },
    requestContext: {
      accountId: '123456789012',
      apiId: 'api-id',
      domainName: 'api-id.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'api-id',
      http,
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: '$default',
      stage: '$default',
      time: '10/Mar/2026:05:16:23 +0000',
      timeEpoch: 1_773_119_783_000,
      ...context,
    },
    isBase64Encoded: false,
    ...event,
  };
}

/** An event as a REST API's proxy resource sends it. */
function rest(event: Members, context: Members = {}): Json {
  return {
    resource: '/{proxy+}',
    path: '/echo/x',
    httpMethod: 'GET',
    headers: { Host: 'probe.example' },
    multiValueHeaders: { Host: ['probe.example'] },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { proxy: 'echo/x' },
    stageVariables: null,
    requestContext: {
      accountId: '123456789012',
      apiId: 'api-id',
      domainName: 'api-id.execute-api.us-east-1.amazonaws.com',
      httpMethod: 'GET',
      path: '/dev/echo/x',
      protocol: 'HTTP/1.1',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      resourcePath: '/{proxy+}',
      stage: 'dev',
      ...context,
    },
    body: null,
    isBase64Encoded: false,
    ...event,
  };
}
