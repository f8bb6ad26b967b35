import { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FetchHandler } from '../index.ts';
import { httpApiEvent, lambdaContext } from './events.fixture.ts';
import { toLambdaStream } from './index.ts';
import { untyped } from '../untyped.fixture.ts';

type Streaming = (event: unknown, stream: Writable, context: unknown) => Promise<void>;

/** The stream of an invocation: the prelude goes out with the first write, as in Lambda's runtime. */
class InvocationStream extends Writable {
  prelude: unknown = undefined;
  wasWritten = false;
  readonly chunks: Buffer[] = [];
  readonly slow: boolean;
  pending = 0;
  mostPending = 0;

  constructor(slow = false) {
    super({ highWaterMark: 8 });
    this.slow = slow;
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.wasWritten = true;
    this.chunks.push(chunk);
    this.mostPending = Math.max(this.mostPending, this.writableLength);
    if (this.slow) setTimeout(done, 1);
    else done();
  }
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.stubGlobal('awslambda', {
    streamifyResponse: (handler: Streaming) => handler,
    HttpResponseStream: {
      from(stream: InvocationStream, prelude: unknown) {
        if (stream.wasWritten) throw new Error('The prelude comes before the first write.');
        stream.prelude = prelude;
        return stream;
      },
    },
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const invoke = (handler: FetchHandler, stream: InvocationStream, event: unknown = httpApiEvent()) =>
  untyped<Streaming>(toLambdaStream(handler))(event, stream, lambdaContext);

const text = (stream: InvocationStream) => Buffer.concat(stream.chunks).toString();

test('fails at once, and says why, where there is no global awslambda', () => {
  vi.stubGlobal('awslambda', undefined);
  expect(() => toLambdaStream(() => new Response())).toThrow(/needs the global `awslambda`/);
});

test('sends the head before the body, with every cookie', async () => {
  const stream = new InvocationStream();
  const headers = new Headers({ 'content-type': 'text/plain', connection: 'close' });
  headers.append('set-cookie', 'a=1');
  headers.append('set-cookie', 'b=2');
  await invoke(() => new Response('hello', { status: 201, headers }), stream);
  expect(stream.prelude).toEqual({
    statusCode: 201,
    headers: { 'content-type': 'text/plain' },
    cookies: ['a=1', 'b=2'],
  });
  expect(text(stream)).toBe('hello');
  expect(stream.writableFinished).toBe(true);
});

test('writes and ends even where there is no body', async () => {
  const stream = new InvocationStream();
  await invoke(() => new Response(null, { status: 204 }), stream);
  expect({ prelude: stream.prelude, wasWritten: stream.wasWritten, text: text(stream) }).toEqual({
    prelude: { statusCode: 204, headers: {} },
    wasWritten: true,
    text: '',
  });
  expect(stream.writableFinished).toBe(true);
});

test('waits for a slow reader', async () => {
  const stream = new InvocationStream(true);
  const body = ReadableStream.from(Array.from({ length: 20 }, () => new Uint8Array(8)));
  await invoke(() => new Response(untyped(body)), stream);
  expect(Buffer.concat(stream.chunks)).toHaveLength(160);
  expect(stream.mostPending).toBeLessThanOrEqual(16);
});

test.each<[string, unknown, FetchHandler, number]>([
  [
    'a handler that throws',
    httpApiEvent(),
    () => {
      throw new Error('secret');
    },
    500,
  ],
  [
    'a body that fails before its first byte',
    httpApiEvent(),
    () => new Response(new ReadableStream({ pull: (c) => c.error(new Error('secret')) })),
    500,
  ],
  [
    'a body that begins with what is no byte',
    httpApiEvent(),
    () => new Response(untyped(ReadableStream.from(['secret']))),
    500,
  ],
  ['an event that is no request', { Records: [] }, () => new Response(), 400],
])('answers for %s', async (_why, event, handler, statusCode) => {
  const stream = new InvocationStream();
  await invoke(handler, stream, event);
  expect(stream.prelude).toEqual({
    statusCode,
    headers: { 'content-type': 'application/problem+json' },
  });
  expect(JSON.parse(text(stream))).toMatchObject({ status: statusCode });
});

test('fails the invocation when the body fails after the head, and never ends the answer', async () => {
  const stream = new InvocationStream();
  let pulls = 0;
  const body = new ReadableStream({
    pull(controller) {
      pulls += 1;
      if (pulls === 1) controller.enqueue(new TextEncoder().encode('half'));
      else controller.error(new Error('secret'));
    },
  });
  await expect(invoke(() => new Response(body), stream)).rejects.toThrow(
    'The response body failed after its head was sent.',
  );
  expect(text(stream)).toBe('half');
  expect(stream.writableEnded).toBe(false);
});

test('stops the body and tells the handler when the client leaves', async () => {
  const stream = new InvocationStream();
  let cancelled = false;
  let signal: AbortSignal | undefined;
  const body = new ReadableStream({
    async pull(controller) {
      await wait(1);
      controller.enqueue(new Uint8Array(4));
    },
    cancel() {
      cancelled = true;
    },
  });
  const invoked = invoke((request) => {
    signal = request.signal;
    return new Response(body);
  }, stream);
  await expect.poll(() => stream.wasWritten).toBe(true);
  stream.destroy();
  await invoked;
  expect({ cancelled, aborted: signal?.aborted }).toEqual({ cancelled: true, aborted: true });
});
