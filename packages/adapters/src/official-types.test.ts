import type { HttpHandler } from '@azure/functions';
import type { HttpFunction } from '@google-cloud/functions-framework';
import type {
  ALBResult,
  APIGatewayProxyResult,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda';
import { createServer, type RequestListener } from 'node:http';
import { expect, expectTypeOf, test } from 'vitest';
import { toLambda, type LambdaContext, type LambdaResult } from './aws/index.ts';
import { toAzureFunction } from './azure/index.ts';
import { toCloudFunction } from './google/index.ts';
import { toNodeListener } from './node/index.ts';

const handler = () => new Response();

test('what the adapters return is what each provider’s own types ask for', () => {
  expectTypeOf<Context>().toExtend<LambdaContext>();
  expectTypeOf<LambdaResult>().toExtend<APIGatewayProxyStructuredResultV2>();
  expectTypeOf<LambdaResult>().toExtend<APIGatewayProxyResult>();
  expectTypeOf<LambdaResult>().toExtend<ALBResult>();
  const azure: HttpHandler = toAzureFunction(handler);
  const google: HttpFunction = toCloudFunction(handler);
  const node: RequestListener = toNodeListener(handler);
  // The providers look at the number of parameters: a third would be a callback.
  expect([azure.length, google.length, toLambda(handler).length]).toEqual([2, 2, 2]);
  expect(createServer(node).listenerCount('request')).toBe(1);
});
