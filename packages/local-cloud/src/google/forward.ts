import { type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import { limitsOf } from '@tricloud/core';
import { type HttpAnswer, ownAnswer } from '../own-answer.ts';
import { toClientHeaders, toInstanceHeaders } from './headers.ts';

/** How a request that was passed on ended. */
export interface Forwarded {
  readonly status: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly error?: string;
  /** The function did not answer in time; it may still be at work. */
  readonly isLate?: boolean;
}

/** Where a request goes and how long it may take. */
export interface Destination {
  readonly socketPath: string;
  readonly executionId: string;
  readonly timeoutMs: number;
  /** Waits for a dead process to be seen dead: whoever asks again meets the next one. */
  readonly untilSeenGone: () => Promise<unknown>;
}

const limits = limitsOf('google');
const responseBytes = limits.responseBytes ?? Infinity;
const lost = ownAnswer(limits.crashed);
const timedOut = ownAnswer(limits.timedOut);
const requestTooLarge = ownAnswer(limits.tooLarge);
const responseTooLarge = ownAnswer(limits.responseTooLarge ?? limits.crashed);

// Cloud Run's own words in its log: https://cloud.google.com/run/docs/troubleshooting
const whyLost =
  'The request failed because either the HTTP response was malformed or connection to the instance had an error.';
const whyTimedOut =
  'The request has been terminated because it has reached the maximum request timeout.';

/**
 * Passes a request to an instance and its answer back, both as they come. Undefined when the instance took no
 * connection: nothing of the request has been read, and it can go elsewhere.
 */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  destination: Destination,
): Promise<Forwarded | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > limits.requestBytes) {
    request.resume();
    return Promise.resolve(
      refuse(response, requestTooLarge, 'The request is over Cloud Run’s limit.'),
    );
  }
  return new Promise((resolve) => {
    let bytesIn = 0;
    let bytesOut = 0;
    let isDone = false;
    let isConnected = false;

    const upstream = httpRequest({
      socketPath: destination.socketPath,
      method: request.method,
      path: request.url,
      headers: toInstanceHeaders(request, destination.executionId),
      agent: false,
    });
    const done = (result: Omit<Forwarded, 'bytesIn'>) => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      resolve({ bytesIn, ...result });
    };
    const answerOwn = (answer: HttpAnswer, error: string, more: { isLate?: boolean } = {}) => {
      if (isDone) return;
      request.unpipe(upstream);
      request.resume();
      upstream.destroy();
      done({ ...refuse(response, answer, error), ...more });
    };
    const timer = setTimeout(
      () => answerOwn(timedOut, whyTimedOut, { isLate: true }),
      Math.min(destination.timeoutMs, 2 ** 31 - 1),
    );

    const onClose = () => {
      if (response.writableFinished || isDone) return;
      upstream.destroy();
      done({ status: clientClosedRequest, bytesOut, error: 'The client closed the request.' });
    };
    upstream.on('error', () => {
      if (isDone) return;
      if (isConnected) {
        void destination.untilSeenGone().then(() => answerOwn(lost, whyLost));
        return;
      }
      isDone = true;
      clearTimeout(timer);
      // The request goes elsewhere, with listeners of its own.
      response.off('close', onClose);
      resolve(undefined);
    });
    upstream.on('socket', (socket) =>
      socket.once('connect', () => {
        isConnected = true;
        request.on('data', (chunk: Buffer) => {
          bytesIn += chunk.length;
          if (bytesIn > limits.requestBytes) {
            answerOwn(requestTooLarge, 'The request is over Cloud Run’s limit.');
          }
        });
        request.pipe(upstream);
      }),
    );
    const passOn = (answer: IncomingMessage) => {
      const status = answer.statusCode ?? lost.status;
      response.writeHead(
        status,
        answer.statusMessage,
        toClientHeaders(answer.rawHeaders, destination.executionId),
      );
      response.flushHeaders();
      answer.on('data', (chunk: Buffer) => {
        bytesOut += chunk.length;
        if (response.destroyed || response.write(chunk)) return;
        answer.pause();
        response.once('drain', () => answer.resume());
      });
      answer.on('end', () => {
        upstream.destroy();
        response.end();
        done({ status, bytesOut });
      });
      answer.on('close', () => {
        if (answer.complete) return;
        // What is missing can only be told by cutting the connection.
        response.destroy();
        done({ status, bytesOut, error: whyLost });
      });
    };
    upstream.on('response', (answer) => {
      const length = Number(answer.headers['content-length'] ?? 0);
      if (length > responseBytes && request.method !== 'HEAD') {
        answerOwn(responseTooLarge, 'The response is over Cloud Run’s limit.');
        return;
      }
      // The framework's last words: it answers the latest request and exits.
      const isDying = answer.headers['x-google-status'] === 'crash';
      if (isDying) void destination.untilSeenGone().then(() => passOn(answer));
      else passOn(answer);
    });
    response.on('close', onClose);
  });
}

/** No answer was sent: the client did not wait for one. */
const clientClosedRequest = 499;

/** Answers in the function's place, or cuts an answer that has begun. */
function refuse(response: ServerResponse, answer: HttpAnswer, error: string): Forwarded {
  if (response.headersSent) {
    response.destroy();
    return { status: answer.status, bytesIn: 0, bytesOut: 0, error };
  }
  const bytesOut = answer.body.length;
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    'content-length': bytesOut,
  });
  response.end(answer.body);
  return { status: answer.status, bytesIn: 0, bytesOut, error };
}

/** Answers for an instance that could not be started. */
export function refuseUnavailable(response: ServerResponse, error: string): Forwarded {
  return refuse(response, lost, error);
}
