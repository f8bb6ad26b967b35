import type { Writable } from 'node:stream';
import { startBody, type StartedBody } from '../body-start.ts';
import { checkHandler } from '../check-handler.ts';
import { callHandler } from '../call-handler.ts';
import { drained } from '../drained.ts';
import { problem, refusal, report } from '../failure.ts';
import type { FetchHandler } from '../index.ts';
import { discardBody, nextChunk } from '../response-body.ts';
import { responseFields } from '../response-fields.ts';
import { invocations } from './invocation.ts';
import { httpEvent, shapeOf } from './shape.ts';
import { toRequest } from './to-request.ts';
import { fieldsOf } from './to-result.ts';
import type { LambdaResult, Shape } from './types.ts';

type StreamHandler = (event: unknown, stream: Writable, context: unknown) => Promise<void>;

/** The global that Lambda's managed Node runtimes have for response streaming. */
interface AwsLambda {
  streamifyResponse(handler: StreamHandler): unknown;
  readonly HttpResponseStream: { from(stream: Writable, prelude: unknown): Writable };
}

/** Wraps a handler with Lambda's own mark of a streaming function. */
export function streamify(handler: FetchHandler): unknown {
  checkHandler(handler);
  const runtime = awsLambda();
  const invocationOf = invocations();
  return runtime.streamifyResponse(async (event, stream, context) => {
    const invocation = invocationOf(context);
    const gone = new AbortController();
    stream.once('close', () => {
      if (!stream.writableFinished) gone.abort();
    });
    // Without a listener a broken pipe would end the process.
    stream.on('error', () => gone.abort());
    let request: Request;
    let shape: Shape;
    try {
      const http = httpEvent(event);
      shape = http.shape;
      request = toRequest(http, gone.signal);
    } catch (error) {
      const shapeOfRefused = shapeOf(event);
      return send(runtime, stream, refusal(error), shapeOfRefused, 'GET', gone.signal);
    }
    const response = await callHandler(handler, request, invocation);
    return send(runtime, stream, response, shape, request.method, gone.signal);
  });
}

async function send(
  runtime: AwsLambda,
  stream: Writable,
  response: Response,
  shape: Shape,
  method: string,
  gone: AbortSignal,
): Promise<void> {
  let head: unknown;
  let body: StartedBody | null = null;
  try {
    if (gone.aborted) return await discardBody(response);
    head = headOf(response, shape);
    if (method === 'HEAD') await discardBody(response);
    else body = await startBody(response);
  } catch (error) {
    report(error);
    return send(runtime, stream, problem(500), shape, method, gone);
  }
  // The head must be told before the first write, and is only sent with it.
  const out = runtime.HttpResponseStream.from(stream, head);
  out.write('');
  if (body !== null) await pump(body, out, gone);
  if (!gone.aborted) await ended(out, gone);
}

function headOf(response: Response, shape: Shape): Omit<LambdaResult, 'body' | 'isBase64Encoded'> {
  const { joined, cookies } = responseFields(response);
  const { status: statusCode } = response;
  return { statusCode, ...fieldsOf(shape, joined, cookies, statusCode) };
}

async function pump(body: StartedBody, out: Writable, gone: AbortSignal): Promise<void> {
  const { reader, first } = body;
  const cancel = (): void => void reader.cancel().catch(() => undefined);
  gone.addEventListener('abort', cancel, { once: true });
  try {
    for (let next = await first; !next.done; next = await nextChunk(reader)) {
      if (gone.aborted) return;
      if (!out.write(next.value)) await drained(out, gone);
    }
  } catch (error) {
    if (gone.aborted) return;
    report(error);
    cancel();
    // The head is out: only Lambda can still tell that the rest is missing, by a failed invocation.
    throw new Error('The response body failed after its head was sent.', { cause: error });
  } finally {
    gone.removeEventListener('abort', cancel);
  }
}

function ended(out: Writable, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    gone.addEventListener('abort', () => resolve(), { once: true });
    out.end(() => resolve());
  });
}

function awsLambda(): AwsLambda {
  const runtime: unknown = Reflect.get(globalThis, 'awslambda');
  if (isAwsLambda(runtime)) return runtime;
  throw new Error(
    'toLambdaStream needs the global `awslambda`, which only Lambda’s managed Node runtimes have. ' +
      'Use toLambda where responses are not streamed, and for tests and local runs.',
  );
}

function isAwsLambda(value: unknown): value is AwsLambda {
  return (
    typeof value === 'object' &&
    value !== null &&
    'streamifyResponse' in value &&
    typeof value.streamifyResponse === 'function' &&
    'HttpResponseStream' in value
  );
}
