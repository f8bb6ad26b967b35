import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Writable } from 'node:stream';
import { installAwsLambda, lambdaStreamSend } from './lambda-stream.ts';

interface AwsLambda {
  streamifyResponse(streaming: unknown): unknown;
  HttpResponseStream: { from(stream: Writable, prelude: unknown): Writable };
}

declare const awslambda: AwsLambda;

let uninstall: () => void;
beforeEach(() => {
  uninstall = installAwsLambda();
});
afterEach(() => uninstall());

const ask = (streaming: (event: unknown, stream: Writable) => unknown) =>
  lambdaStreamSend(awslambda.streamifyResponse(streaming))({
    method: 'GET',
    target: '/',
    headers: [],
  });

test('the prelude gives status, headers and cookies, and the rest is the body', async () => {
  const answer = await ask((_event, stream) => {
    const out = awslambda.HttpResponseStream.from(stream, {
      statusCode: 201,
      headers: { 'x-a': '1' },
      cookies: ['a=1'],
    });
    out.write('one ');
    out.end('two');
  });
  expect({ ...answer, body: new TextDecoder().decode(answer.body) }).toEqual({
    status: 201,
    headers: [
      ['x-a', '1'],
      ['set-cookie', 'a=1'],
    ],
    body: 'one two',
  });
});

test('a stream that is ended without a write never sends its prelude', async () => {
  const answer = await ask((_event, stream) => {
    awslambda.HttpResponseStream.from(stream, { statusCode: 204 }).end();
  });
  expect(answer.status).toBe(502);
});

test('a stream without a prelude is a 200 of bytes', async () => {
  const answer = await ask((_event, stream) => stream.end('raw'));
  expect([answer.status, answer.headers]).toEqual([
    200,
    [['content-type', 'application/octet-stream']],
  ]);
});

test('a function that rejects is a bad gateway', async () => {
  expect((await ask(() => Promise.reject(new Error('secret')))).status).toBe(502);
});

test('the global is gone afterwards', () => {
  uninstall();
  expect(Reflect.has(globalThis, 'awslambda')).toBe(false);
});
