import { Writable } from 'node:stream';
import type { Send } from '../contract.ts';
import { lambdaAnswer, lambdaFailure } from './lambda-answer.ts';
import { lambdaContext } from './lambda-context.ts';
import { lambdaEvent } from './lambda-event.ts';

/** What the runtime streams a response through. */
interface ResponseStream extends Writable {
  setContentType(type: string): void;
}

/** What the runtime knows of a stream besides what was written to it. */
interface StreamState {
  contentType: string;
  beforeFirstWrite: ((write: (chunk: string | Uint8Array) => void) => void) | null;
}

const integration = 'application/vnd.awslambda.http-integration-response';
const delimiter = new Uint8Array(8);
const states = new WeakMap<object, StreamState>();

/**
 * Puts the global `awslambda` of the managed Node runtime in its place and answers how to take it away again.
 * As aws/aws-lambda-nodejs-runtime-interface-client `HttpResponseStream.js` and `ResponseStream.js` do it: the prelude
 * goes out with the first `write`, so that a stream that is ended without one has none.
 */
export function installAwsLambda(): () => void {
  const value = {
    streamifyResponse: (streaming: unknown) => streaming,
    HttpResponseStream: {
      from(stream: ResponseStream, prelude: unknown): ResponseStream {
        const state = states.get(stream);
        if (!state)
          throw new TypeError('HttpResponseStream.from takes the stream of the invocation.');
        stream.setContentType(integration);
        state.beforeFirstWrite = (write) => {
          write(JSON.stringify(prelude));
          write(delimiter);
        };
        return stream;
      },
    },
  };
  Object.defineProperty(globalThis, 'awslambda', { value, configurable: true });
  return () => {
    Reflect.deleteProperty(globalThis, 'awslambda');
  };
}

/**
 * Calls a streaming function, as `awslambda.streamifyResponse` made it, the way a Function URL in `RESPONSE_STREAM`
 * mode does, and answers what its client would see.
 */
export function lambdaStreamSend(streaming: unknown): Send {
  if (typeof streaming !== 'function')
    throw new TypeError('A streaming Lambda function is a function.');
  return async (step) => {
    const event: unknown = JSON.parse(JSON.stringify(lambdaEvent(step, 'function-url')));
    const chunks: Buffer[] = [];
    const { stream, state } = responseStream(chunks);
    const finished = new Promise<void>((resolve) => {
      stream.on('finish', resolve);
      stream.on('close', resolve);
    });
    try {
      await Reflect.apply(streaming, undefined, [event, stream, lambdaContext()]);
    } catch {
      return lambdaFailure('function-url');
    }
    await finished;
    const bytes = Buffer.concat(chunks);
    if (state.contentType !== integration) {
      return {
        status: 200,
        headers: [['content-type', state.contentType]],
        body: new Uint8Array(bytes),
      };
    }
    const end = bytes.indexOf(delimiter);
    if (end < 0) return lambdaFailure('function-url');
    const prelude: unknown = JSON.parse(bytes.subarray(0, end).toString('utf8'));
    const { status, headers } = lambdaAnswer(prelude, 'function-url', step.method);
    const body = bytes.subarray(end + delimiter.length);
    const isBodiless = step.method === 'HEAD' || status === 204 || status === 304;
    return { status, headers, body: isBodiless ? new Uint8Array() : new Uint8Array(body) };
  };
}

function responseStream(chunks: Buffer[]): {
  readonly stream: ResponseStream;
  readonly state: StreamState;
} {
  const state: StreamState = { contentType: 'application/octet-stream', beforeFirstWrite: null };
  const writable = new Writable({
    // Small, so that whoever ignores `drain` is still right here and whoever waits for it really waits.
    highWaterMark: 16,
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      setImmediate(done);
    },
  });
  const write = writable.write.bind(writable);
  const stream: ResponseStream = Object.assign(writable, {
    setContentType(type: string) {
      state.contentType = type;
    },
    write(chunk: unknown, ...rest: unknown[]): boolean {
      const { beforeFirstWrite } = state;
      state.beforeFirstWrite = null;
      beforeFirstWrite?.((part) => write(part));
      return Reflect.apply(write, writable, [chunk, ...rest]);
    },
  });
  states.set(stream, state);
  return { stream, state };
}
