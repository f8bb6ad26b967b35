import { randomBytes } from 'node:crypto';
import { type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import path from 'node:path';
import { limitsOf } from '@tricloud/core';
import { type HttpAnswer, ownAnswer } from '../own-answer.ts';
import { restartDelayMs } from '../processes/backoff.ts';
import type { Runtime, RuntimeOptions } from '../runtime.ts';
import { type GoogleInstance, startGoogleInstance } from './instance.ts';

/** What the Google runtime is given besides what every runtime is given. */
export interface GoogleOptions extends RuntimeOptions {
  /** A private folder with a short path: a Unix socket's path may have about a hundred bytes. */
  readonly socketDir: string;
}

type Current = { readonly instance: GoogleInstance } | { readonly failure: string };

/** Google: Cloud Run's front before one instance of functions-framework, which takes many requests at a time. */
export function startGoogle(options: GoogleOptions): Runtime {
  let revision = 0;
  let failures = 0;
  let closed = false;
  let appDir = options.appDir;
  const alive = new Set<GoogleInstance>();

  const start = () => {
    revision += 1;
    const socketPath = path.join(options.socketDir, `g${revision}`);
    const instance = startGoogleInstance({ ...options, appDir }, socketPath, revision);
    alive.add(instance);
    void instance.exited.then(() => alive.delete(instance));
    return instance;
  };

  const settle = async (instance: GoogleInstance): Promise<Current> => {
    const failure = await instance.ready;
    if (failure === undefined) {
      failures = 0;
      return { instance };
    }
    failures += 1;
    instance.kill();
    return { failure };
  };

  /** Whatever serves now; a promise, so that requests wait while an instance comes up. */
  let serving = start();
  let current = settle(serving);
  const ready = current.then((first) => ('failure' in first ? first.failure : undefined));

  const supervise = (instance: GoogleInstance) =>
    void instance.exited.then(async (exit) => {
      if (closed || instance !== serving) return;
      options.onExit(exit);
      const delay = restartDelayMs(failures);
      if (delay > 0) {
        await new Promise((resolve) => {
          setTimeout(resolve, delay).unref();
        });
      }
      if (closed || instance !== serving) return;
      serving = start();
      current = settle(serving);
      supervise(serving);
    });
  supervise(serving);

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const at = new Date();
    const arrived = performance.now();
    const id = randomBytes(9).toString('base64url').toLowerCase().replaceAll(/[-_]/g, '0');
    const now = await current;
    const coldStart = 'instance' in now && !now.instance.used;
    const startedAt = performance.now();
    const ended =
      'failure' in now
        ? { ...sendOwn(response, unavailable), bytesIn: 0, error: now.failure }
        : await forward(now.instance, request, response, { id, timeoutMs: options.timeoutMs });
    options.onRecord({
      at: at.toISOString(),
      id,
      method: request.method ?? '',
      path: (request.url ?? '').split('?')[0] ?? '',
      coldStart,
      durationMs: performance.now() - (coldStart ? arrived : startedAt),
      memoryMiB: options.memoryMiB,
      ...ended,
    });
  };

  return {
    listener: (request, response) => void serve(request, response),
    ready,
    async swap(nextDir) {
      appDir = nextDir;
      const next = start();
      const settled = await settle(next);
      const old = serving;
      serving = next;
      current = Promise.resolve(settled);
      supervise(next);
      if (closed) next.kill();
      await drain(old);
    },
    instances: () => alive.size,
    async close() {
      closed = true;
      const all = [...alive];
      for (const instance of all) instance.kill();
      await Promise.all(all.map((instance) => instance.exited));
    },
  };
}

/** An old revision ends when it has answered what it was asked. */
async function drain(instance: GoogleInstance): Promise<void> {
  const timer = setInterval(() => {
    if (instance.active > 0) return;
    clearInterval(timer);
    void instance.end();
  }, 20);
  timer.unref();
  void instance.exited.then(() => clearInterval(timer));
}

const limits = limitsOf('google');
const requestBytes = limits.requestBytes;
const responseBytes = limits.responseBytes ?? Infinity;
const unavailable = ownAnswer(limits.crashed);
const timedOut = ownAnswer(limits.timedOut);
const requestTooLarge = ownAnswer(limits.tooLarge);
const responseTooLarge = ownAnswer(limits.responseTooLarge ?? limits.crashed);

function sendOwn(
  response: ServerResponse,
  answer: HttpAnswer,
): { status: number; bytesOut: number } {
  const bytesOut = answer.body.length;
  if (response.headersSent) {
    response.destroy();
  } else {
    response.writeHead(answer.status, {
      ...Object.fromEntries(answer.headers),
      'content-length': bytesOut,
    });
    response.end(answer.body);
  }
  return { status: answer.status, bytesOut };
}

interface Forwarded {
  readonly status: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly error?: string;
}

/** Passes a request to the instance and its answer back, both as they come. */
function forward(
  instance: GoogleInstance,
  request: IncomingMessage,
  response: ServerResponse,
  context: { id: string; timeoutMs: number },
): Promise<Forwarded> {
  return new Promise((resolve) => {
    let bytesIn = 0;
    let bytesOut = 0;
    let isDone = false;
    instance.used = true;
    instance.active += 1;

    const done = (status: number, error?: string) => {
      if (isDone) return;
      isDone = true;
      instance.active -= 1;
      clearTimeout(timer);
      resolve({ status, bytesIn, bytesOut, ...(error === undefined ? {} : { error }) });
    };
    const answerOwn = (answer: HttpAnswer, error: string) => {
      if (isDone) return;
      upstream.destroy();
      request.unpipe(upstream);
      request.resume();
      bytesOut = sendOwn(response, answer).bytesOut;
      done(answer.status, error);
    };

    const upstream = httpRequest({
      socketPath: instance.socketPath,
      method: request.method,
      path: request.url,
      headers: toInstanceHeaders(request, context.id),
      agent: false,
    });
    const timer = setTimeout(
      () =>
        answerOwn(
          timedOut,
          'The request has been terminated because it has reached the maximum request timeout.',
        ),
      context.timeoutMs,
    );

    upstream.on('response', (answer) => {
      const length = Number(answer.headers['content-length'] ?? 0);
      if (length > responseBytes && request.method !== 'HEAD') {
        answer.destroy();
        return answerOwn(responseTooLarge, 'The response is too large.');
      }
      response.writeHead(
        answer.statusCode ?? 502,
        answer.statusMessage,
        toClientHeaders(answer.rawHeaders, context.id),
      );
      response.flushHeaders();
      answer.on('data', (chunk: Buffer) => {
        bytesOut += chunk.length;
        if (!response.destroyed && !response.write(chunk)) {
          answer.pause();
          response.once('drain', () => answer.resume());
        }
      });
      answer.on('end', () => {
        upstream.destroy();
        response.end();
        done(answer.statusCode ?? 502);
      });
      answer.on('close', () => {
        if (answer.complete) return;
        // What is missing can only be told by cutting the connection.
        response.destroy();
        done(answer.statusCode ?? 502, lost);
      });
    });
    upstream.on('error', () => answerOwn(unavailable, lost));
    response.on('close', () => {
      if (response.writableFinished || isDone) return;
      upstream.destroy();
      done(499, 'The client went away.');
    });

    if (Number(request.headers['content-length'] ?? 0) > requestBytes) {
      response.setHeader('connection', 'close');
      return answerOwn(requestTooLarge, 'The request is too large.');
    }
    request.on('data', (chunk: Buffer) => {
      bytesIn += chunk.length;
      if (bytesIn > requestBytes) answerOwn(requestTooLarge, 'The request is too large.');
    });
    request.pipe(upstream);
  });
}

const lost = 'The request failed because the HTTP connection to the instance had an error.';

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
  'expect',
]);

/** Google's front overwrites these, whatever the client sent. */
const overwritten = new Set(['function-execution-id', 'x-forwarded-proto', 'x-forwarded-for']);

function toInstanceHeaders(request: IncomingMessage, id: string): string[] {
  const headers: string[] = [];
  const forwardedFor: string[] = [];
  const raw = request.rawHeaders;
  let hasTrace = false;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? '';
    const value = raw[at + 1] ?? '';
    const lower = name.toLowerCase();
    if (lower === 'x-forwarded-for') forwardedFor.push(value);
    if (hopByHop.has(lower) || overwritten.has(lower)) continue;
    hasTrace ||= lower === 'x-cloud-trace-context';
    headers.push(name, value);
  }
  forwardedFor.push(request.socket.remoteAddress ?? '127.0.0.1');
  headers.push('X-Forwarded-For', forwardedFor.join(','));
  headers.push('X-Forwarded-Proto', 'http', 'Function-Execution-Id', id);
  // Told to close, the framework may close before Node's last, empty write, which then fails the request.
  headers.push('Connection', 'keep-alive');
  if (!hasTrace) {
    const span = BigInt(`0x${randomBytes(8).toString('hex')}`);
    headers.push('X-Cloud-Trace-Context', `${randomBytes(16).toString('hex')}/${span}`);
  }
  return headers;
}

function toClientHeaders(raw: readonly string[], id: string): string[] {
  const headers: string[] = [];
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? '';
    const lower = name.toLowerCase();
    if (hopByHop.has(lower) || lower === 'transfer-encoding') continue;
    headers.push(name, raw[at + 1] ?? '');
  }
  return [...headers, 'Function-Execution-Id', id];
}
