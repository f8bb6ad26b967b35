import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import serverless from 'serverless-http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { arrayBuffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import {
  lambdaInvoke,
  lambdaSend,
  type LambdaFunction,
  type LambdaShape,
} from '../src/drivers/index.ts';
import { cases, runCases } from '../src/index.ts';
import { handler } from '../src/probe.ts';

const invocation = {
  provider: 'aws',
  id: 'public-adapter',
  functionName: 'probe',
  region: 'us-east-1',
  runtime: 'nodejs24.x',
  memoryMiB: 1024,
  coldStart: false,
  remainingMs: () => 1000,
} as const;

/** A node listener as frameworks write them: over `req.headers`, with an array of cookies. */
async function listener(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  try {
    const answer = await handler(
      new Request(`http://${request.headers.host}${request.url}`, {
        method: request.method ?? 'GET',
        headers: Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        ...(hasBody && { body: await arrayBuffer(request) }),
      }),
      invocation,
    );
    response.statusCode = answer.status;
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    const cookies = answer.headers.getSetCookie();
    if (cookies.length > 0) response.setHeader('set-cookie', cookies);
    response.end(Buffer.from(await answer.arrayBuffer()));
  } catch {
    response.writeHead(500, { 'content-type': 'application/json' });
    response.end('{"title":"Internal Server Error","status":500}');
  }
}

const app = new Hono();
app.all('*', (c) => handler(c.req.raw, invocation));
const lambdas: ReadonlyMap<string, LambdaFunction> = new Map([
  ['serverless-http', untyped(serverless(listener))],
  ['hono/aws-lambda', untyped(handle(app))],
]);

/** What the pinned versions get wrong behind each front door. */
const known: readonly (readonly [name: string, shape: LambdaShape, failed: readonly string[]])[] = [
  ['serverless-http', 'http-api-2.0', ['P53', 'P56', 'P59', 'P61', 'T04', 'P21', 'P28', 'P35']],
  ['serverless-http', 'http-api-1.0', ['P30', 'P53', 'P56', 'P59', 'P61', 'T04']],
  ['serverless-http', 'rest', ['P30', 'P53', 'P56', 'P59', 'P61', 'T04']],
  ['serverless-http', 'function-url', ['P53', 'P56', 'P59', 'P61', 'T04']],
  ['serverless-http', 'alb', ['P53', 'P56', 'P59', 'P61', 'T04', 'P62', 'P63', 'P64', 'T05']],
  ['serverless-http', 'alb-multi-value', ['P53', 'P56', 'P59', 'P61', 'T04']],
  ['hono/aws-lambda', 'http-api-2.0', ['T04', 'P75', 'P76', 'P21', 'P35']],
  ['hono/aws-lambda', 'http-api-1.0', ['T04', 'P75', 'P76']],
  ['hono/aws-lambda', 'rest', ['T04', 'P75', 'P76']],
  ['hono/aws-lambda', 'function-url', ['T04', 'P75', 'P76']],
  ['hono/aws-lambda', 'alb', ['T04', 'P62', 'P63', 'T05', 'P75', 'P76']],
  ['hono/aws-lambda', 'alb-multi-value', ['P30', 'T04', 'P75', 'P76']],
];

test.each(known)('%s behind %s is found to fail %j', async (name, shape, failed) => {
  const lambda = lambdas.get(name);
  if (!lambda) throw new Error(`No ${name}.`);
  const results = await runCases({
    provider: 'aws',
    place: 'memory',
    shape,
    send: lambdaSend(lambda, shape),
    ...(shape === 'http-api-2.0' && { invoke: lambdaInvoke(lambda) }),
    cases: cases.filter(({ id }) => id !== 'P82'),
    timeoutMs: 5000,
  });
  const found = results.filter(({ status }) => status === 'failed').map(({ id }) => id);
  expect(found).toEqual(failed);
});

/** The adapters know their own event types only; here they get what AWS would send. */
function untyped(lambda: object): LambdaFunction {
  if (typeof lambda !== 'function') throw new TypeError('A Lambda function is a function.');
  return (event, context) => Reflect.apply(lambda, undefined, [event, context]);
}
