import {
  type ClientRequest,
  type IncomingMessage,
  request as httpRequest,
  type ServerResponse,
} from 'node:http';
import { limitsOf } from '@tricloud/core';
import { longestTimerMs } from '@tricloud/supervisor';
import { type HttpAnswer, ownAnswer } from '../own-answer.ts';
import { toClientHeaders, toInstanceHeaders } from './headers.ts';

/** The end of a forwarded request. */
export interface Forwarded {
  readonly status: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly error?: string;
  /** The function did not answer in time; it may still be running. */
  readonly isLate?: boolean;
}

/** Where a request goes and how long it may take. */
export interface Destination {
  readonly socketPath: string;
  readonly executionId: string;
  readonly timeoutMs: number;
  /** Waits for the exit of a process whose connection broke: the client's next request meets the next process. */
  readonly untilExited: () => Promise<unknown>;
}

const limits = limitsOf('google');
const responseBytes = limits.responseBytes ?? Infinity;
const disconnected = ownAnswer(limits.crashed);
const timedOut = ownAnswer(limits.timedOut);
const requestTooLarge = ownAnswer(limits.tooLarge);
const responseTooLarge = ownAnswer(limits.responseTooLarge ?? limits.crashed);

// Cloud Run's own words in its log: https://cloud.google.com/run/docs/troubleshooting
const malformedOrDisconnected =
  'The request failed because either the HTTP response was malformed or connection to the instance had an error.';
const maximumTimeout =
  'The request has been terminated because it has reached the maximum request timeout.';
const requestOverLimit = 'The request is over Cloud Run’s limit.';
const responseOverLimit = 'The response is over Cloud Run’s limit.';

/** The status of a request whose client closed the connection: no answer was sent. */
const clientClosedRequest = 499;

/**
 * Passes a request to an instance and its answer back, both as they come. Undefined when the instance accepted no
 * connection: nothing of the request has been read, and it can go elsewhere.
 */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  destination: Destination,
): Promise<Forwarded | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > limits.requestBytes) {
    request.resume();
    return Promise.resolve(refuse(response, requestTooLarge, requestOverLimit));
  }
  return new Promise((resolve) => {
    const forwarding = new Forwarding(request, response, destination, resolve);
    forwarding.start();
  });
}

/** One request on its way to an instance and back. */
class Forwarding {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #destination: Destination;
  readonly #resolve: (result: Forwarded | undefined) => void;
  readonly #upstream: ClientRequest;
  #timer: NodeJS.Timeout | undefined;
  #bytesIn = 0;
  #bytesOut = 0;
  #isConnected = false;
  #isDone = false;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    destination: Destination,
    resolve: (result: Forwarded | undefined) => void,
  ) {
    this.#request = request;
    this.#response = response;
    this.#destination = destination;
    this.#resolve = resolve;
    this.#upstream = httpRequest({
      socketPath: destination.socketPath,
      method: request.method,
      path: request.url,
      headers: toInstanceHeaders(request, destination.executionId),
      agent: false,
    });
  }

  start(): void {
    this.#timer = setTimeout(
      () => this.#refuse(timedOut, maximumTimeout, true),
      Math.min(this.#destination.timeoutMs, longestTimerMs),
    );
    this.#response.on('close', this.#onClientClose);
    this.#upstream.on('error', () => this.#onError());
    this.#upstream.on('response', (answer) => this.#onResponse(answer));
    this.#upstream.on('socket', (socket) => socket.once('connect', () => this.#sendBody()));
  }

  #settle(result: Forwarded | undefined): void {
    if (this.#isDone) return;
    this.#isDone = true;
    clearTimeout(this.#timer);
    // A request that goes elsewhere has listeners of its own there.
    this.#response.off('close', this.#onClientClose);
    this.#resolve(result);
  }

  #end(status: number, error?: string): void {
    const bytes = { bytesIn: this.#bytesIn, bytesOut: this.#bytesOut };
    this.#settle({ status, ...bytes, ...(error !== undefined && { error }) });
  }

  /** Answers in the function's place. */
  #refuse(answer: HttpAnswer, error: string, isLate = false): void {
    if (this.#isDone) return;
    this.#request.unpipe(this.#upstream);
    this.#request.resume();
    this.#upstream.destroy();
    const refused = refuse(this.#response, answer, error);
    this.#settle({ ...refused, bytesIn: this.#bytesIn, ...(isLate && { isLate }) });
  }

  readonly #onClientClose = (): void => {
    if (this.#response.writableFinished || this.#isDone) return;
    this.#upstream.destroy();
    this.#end(clientClosedRequest, 'The client closed the request.');
  };

  #onError(): void {
    if (!this.#isConnected) this.#settle(undefined);
    else {
      const refuseLater = () => this.#refuse(disconnected, malformedOrDisconnected);
      void this.#destination.untilExited().then(refuseLater);
    }
  }

  #sendBody(): void {
    this.#isConnected = true;
    this.#request.on('data', (chunk: Buffer) => {
      this.#bytesIn += chunk.length;
      if (this.#bytesIn > limits.requestBytes) this.#refuse(requestTooLarge, requestOverLimit);
    });
    this.#request.pipe(this.#upstream);
  }

  #onResponse(answer: IncomingMessage): void {
    const length = Number(answer.headers['content-length'] ?? 0);
    if (length > responseBytes && this.#request.method !== 'HEAD') {
      this.#refuse(responseTooLarge, responseOverLimit);
      return;
    }
    // The framework answers the latest request with its crash, and exits.
    const isCrash = answer.headers['x-google-status'] === 'crash';
    if (isCrash) void this.#destination.untilExited().then(() => this.#passBack(answer));
    else this.#passBack(answer);
  }

  #passBack(answer: IncomingMessage): void {
    const response = this.#response;
    const status = answer.statusCode ?? disconnected.status;
    const headers = toClientHeaders(answer.rawHeaders, this.#destination.executionId);
    response.writeHead(status, answer.statusMessage, headers);
    response.flushHeaders();
    answer.on('data', (chunk: Buffer) => {
      this.#bytesOut += chunk.length;
      if (response.destroyed || response.write(chunk)) return;
      answer.pause();
      response.once('drain', () => answer.resume());
    });
    answer.on('end', () => {
      this.#upstream.destroy();
      response.end();
      this.#end(status);
    });
    answer.on('close', () => {
      if (answer.complete) return;
      // Only a cut connection can say that the rest is missing.
      response.destroy();
      this.#end(status, malformedOrDisconnected);
    });
  }
}

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
  return refuse(response, disconnected, error);
}
