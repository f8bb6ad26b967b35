import { Writable } from 'node:stream';
import { errorTrailers, type RuntimeClient } from './client.ts';
import { toFault } from './fault.ts';

/** Marks a handler that writes its response to a stream; Lambda's runtime looks for the same symbol. */
export const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');

/** The stream that a streaming handler writes to. */
export interface ResponseStream extends Writable {
  setContentType(contentType: string): void;
}

interface StreamState {
  contentType: string;
  prelude: Buffer | undefined;
}

const states = new WeakMap<object, StreamState>();
const integrationResponse = 'application/vnd.awslambda.http-integration-response';

/** Puts the global `awslambda` in place, with which a function says that it streams. */
export function installAwslambda(): void {
  const awslambda = {
    streamifyResponse<T extends object>(handler: T): T {
      Object.defineProperty(handler, streaming, { value: 'response', configurable: true });
      return handler;
    },
    HttpResponseStream: {
      /** Status, headers and cookies go before the first byte, followed by eight zero bytes. */
      from(stream: ResponseStream, metadata: unknown): ResponseStream {
        const state = states.get(stream);
        if (state === undefined)
          throw new TypeError('This stream is no response stream of Lambda.');
        state.contentType = integrationResponse;
        state.prelude = Buffer.concat([Buffer.from(JSON.stringify(metadata)), Buffer.alloc(8)]);
        return stream;
      },
    },
  };
  Object.defineProperty(globalThis, 'awslambda', {
    value: awslambda,
    writable: true,
    configurable: true,
  });
}

/** The stream of one invocation; nothing is sent before its first byte or its end. */
export function createResponseStream(client: RuntimeClient, id: string) {
  const state: StreamState = { contentType: 'application/octet-stream', prelude: undefined };
  let opened: ReturnType<RuntimeClient['stream']> | undefined;
  const open = () => {
    if (opened === undefined) {
      opened = client.stream(id, state.contentType);
      if (state.prelude !== undefined) opened.request.write(state.prelude);
    }
    return opened;
  };
  const writable = new Writable({
    write(chunk, _encoding, done) {
      open().request.write(chunk, done);
    },
    final(done) {
      open().request.end(done);
    },
  });
  writable.on('error', () => undefined);
  const stream: ResponseStream = Object.assign(writable, {
    setContentType(contentType: string) {
      state.contentType = contentType;
    },
  });
  states.set(stream, state);
  return {
    stream,
    /** Settles when the service has taken it all; a handler that forgot to end its stream has it ended. */
    async finish() {
      if (!stream.writableEnded) stream.end();
      await open().accepted;
    },
    /** Before the first byte the invocation fails; after it only the connection can say so. */
    async fail(thrown: unknown) {
      const fault = toFault(thrown);
      if (opened === undefined) {
        await client.error(id, fault);
        return;
      }
      opened.request.addTrailers({
        [errorTrailers.type]: fault.errorType,
        [errorTrailers.body]: Buffer.from(JSON.stringify(fault)).toString('base64'),
      });
      opened.request.end();
      await Promise.allSettled([opened.accepted]);
    },
  };
}
