import { afterEach, expect, test } from 'vitest';
import { toLambda, toLambdaStream } from './aws/index.ts';
import { toAzureFunction } from './azure/index.ts';
import { toCloudFunction } from './google/index.ts';
import { toNodeListener } from './node/index.ts';
import { untyped } from './untyped.fixture.ts';

const adapters = { toLambda, toLambdaStream, toCloudFunction, toAzureFunction, toNodeListener };

const notFunctions: readonly (readonly [unknown, string])[] = [
  [5, '5'],
  [undefined, 'undefined'],
  [{ fetch: true }, '{"fetch":true}'],
];

afterEach(() => {
  Reflect.deleteProperty(globalThis, 'awslambda');
});

test.each(Object.entries(adapters))('%s refuses at once what is no function', (_name, adapt) => {
  Reflect.set(globalThis, 'awslambda', {
    streamifyResponse: (one: unknown) => one,
    HttpResponseStream: {},
  });
  for (const [handler, named] of notFunctions) {
    expect(() => adapt(untyped(handler))).toThrow(
      new TypeError(`The handler must be a function of (request, invocation), not ${named}.`),
    );
  }
});
