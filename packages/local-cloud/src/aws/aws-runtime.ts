import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { limitsOf } from '@tricloud/core';
import { type HttpAnswer, ownAnswer } from '../own-answer.ts';
import { readAtMost } from '../request-body.ts';
import type { Runtime, RuntimeOptions } from '../runtime.ts';
import { toHttpAnswer } from './http-api-answer.ts';
import { toHttpApiEvent } from './http-api-event.ts';
import { describe, startInstance } from './instance.ts';
import { createPool, type PoolResult } from './pool.ts';
import { readHead } from './prelude.ts';
import type { Invocation } from './runtime-api.ts';

/** What the AWS runtime is given besides what every runtime is given. */
export interface AwsOptions extends RuntimeOptions {
  readonly maxInstances: number;
  /** Extra instances end after so long without work: a minute unless given. */
  readonly idleMs?: number;
  /** A runtime of the user's own in place of ours, such as AWS's interface client. */
  readonly runtime?: { readonly entry: URL | string; readonly args: readonly string[] };
}

const functionName = 'tricloud';
const region = 'us-east-1';
const functionArn = `arn:aws:lambda:${region}:000000000000:function:${functionName}`;
/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html: payload size 10 MB. */
const gatewayBytes = 10 * 1024 * 1024;
const limits = limitsOf('aws');
const tooLarge = ownAnswer(limits.tooLarge);
const crashed = ownAnswer(limits.crashed);
const timedOut = ownAnswer(limits.timedOut);
const gatewayTimedOut = ownAnswer(limits.httpTimedOut ?? limits.timedOut);

/** AWS: an API Gateway HTTP API in front of Lambda instances. */
export function startAws(options: AwsOptions): Runtime {
  const start = (taskRoot: string) => () =>
    startInstance({
      entry: options.runtime?.entry ?? lambdaChild,
      entryArgs: options.runtime?.args ?? [],
      taskRoot,
      functionName,
      region,
      memoryMiB: options.memoryMiB,
      timeoutMs: options.timeoutMs,
      nodePath: options.nodePath,
      execArgv: options.execArgv,
      env: options.env,
      watchdog: options.watchdog,
      onLog: options.onLog,
    });
  const pool = createPool({
    max: options.maxInstances,
    idleMs: options.idleMs ?? 60_000,
    start: start(options.appDir),
    onExit: options.onExit,
  });

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const id = randomUUID();
    const at = new Date();
    const arrived = performance.now();
    const record = (
      status: number,
      bytesIn: number,
      bytesOut: number,
      result?: PoolResult,
      error?: string,
    ) =>
      options.onRecord({
        at: at.toISOString(),
        id,
        method: request.method ?? '',
        path: (request.url ?? '').split('?')[0] ?? '',
        status,
        coldStart: result?.coldStart ?? false,
        durationMs: performance.now() - (result?.startedAt ?? arrived),
        ...(result?.coldStart === true ? { billedExtraMs: result.initMs } : {}),
        memoryMiB: options.memoryMiB,
        bytesIn,
        bytesOut,
        ...(error === undefined ? {} : { error }),
      });
    const send = (answer: HttpAnswer) => {
      const headers = [...answer.headers, ['apigw-requestid', toGatewayId(id)] as const];
      write(request, response, { ...answer, headers });
    };

    const body = await readAtMost(request, gatewayBytes);
    if (body === undefined) {
      response.setHeader('connection', 'close');
      send(tooLarge);
      return record(
        413,
        gatewayBytes,
        tooLarge.body.length,
        undefined,
        'The request is too large.',
      );
    }
    const traceId = `Root=1-${Math.floor(at.getTime() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
    const event = JSON.stringify(
      toHttpApiEvent(request, body, {
        requestId: toGatewayId(id),
        traceId,
        now: at,
        port: options.port,
      }),
    );
    if (Buffer.byteLength(event) > limits.requestBytes) {
      send(tooLarge);
      return record(413, body.length, tooLarge.body.length, undefined, 'The request is too large.');
    }
    const toInvocation = (): Invocation => ({
      id,
      traceId,
      functionArn,
      deadlineMs: Date.now() + options.timeoutMs,
      event,
    });
    // The gateway gives up; the function runs on, and is billed.
    const gateway = setTimeout(() => send(gatewayTimedOut), limits.httpTimeoutMs);
    const result = await pool.run(toInvocation);
    clearTimeout(gateway);
    if (response.headersSent) {
      const { error = 'The gateway had given up.' } =
        result.outcome.kind === 'stream' ? {} : toAnswer(result.outcome);
      if (result.outcome.kind === 'stream') result.outcome.body.resume();
      return record(
        gatewayTimedOut.status,
        body.length,
        gatewayTimedOut.body.length,
        result,
        error,
      );
    }
    if (result.outcome.kind === 'stream') {
      const streamed = await sendStream(request, response, result.outcome.body);
      return record(
        streamed?.status ?? 500,
        body.length,
        streamed?.bytes ?? 0,
        result,
        streamed === undefined ? 'The streamed response has no sound prelude.' : undefined,
      );
    }
    const { answer, error } = toAnswer(result.outcome);
    send(answer);
    return record(answer.status, body.length, answer.body.length, result, error);
  };

  return {
    listener(request, response) {
      serve(request, response).catch((error: unknown) => {
        options.onLog(null, 'stderr', `The AWS front failed: ${String(error)}`);
        response.destroy();
      });
    },
    ready: pool.ready,
    swap: (appDir) => pool.swap(start(appDir)),
    instances: () => pool.size,
    close: () => pool.close(),
  };
}

const lambdaChild = new URL(
  import.meta.url.endsWith('.ts') ? './lambda-child.ts' : './lambda-child.mjs',
  import.meta.url,
);

function toAnswer(outcome: Exclude<PoolResult['outcome'], { kind: 'stream' }>): {
  answer: HttpAnswer;
  error?: string;
} {
  switch (outcome.kind) {
    case 'response': {
      const answer = toHttpAnswer(outcome.json);
      if (answer !== undefined) return { answer };
      return { answer: crashed, error: 'The result is no HTTP API response.' };
    }
    case 'error':
      return { answer: crashed, error: `${outcome.errorType}: ${outcome.message}` };
    case 'too-large':
      return {
        answer: crashed,
        error: `Function.ResponseSizeTooLarge: ${outcome.bytes} bytes`,
      };
    case 'timed-out':
      return { answer: timedOut, error: 'Task timed out' };
    case 'exited':
      return { answer: crashed, error: describe(outcome.exit) };
    case 'init-failed':
      return { answer: crashed, error: outcome.reason };
  }
}

function write(request: IncomingMessage, response: ServerResponse, answer: HttpAnswer): void {
  if (response.destroyed) return;
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  const hasBody = answer.status !== 204 && answer.status !== 304;
  if (hasBody && request.method !== 'HEAD') {
    response.setHeader('content-length', answer.body.length);
    response.end(answer.body);
    return;
  }
  if (request.method === 'HEAD' && answer.body.length > 0) {
    response.setHeader('content-length', answer.body.length);
  }
  response.end();
}

async function sendStream(
  request: IncomingMessage,
  response: ServerResponse,
  body: IncomingMessage,
): Promise<{ status: number; bytes: number } | undefined> {
  const head = await readHead(body);
  if (head === undefined) {
    body.resume();
    write(request, response, crashed);
    return undefined;
  }
  response.statusCode = head.status;
  for (const [name, value] of head.headers) response.appendHeader(name, value);
  response.flushHeaders();
  let bytes = 0;
  body.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (!response.destroyed && !response.write(chunk)) {
      body.pause();
      response.once('drain', () => body.resume());
    }
  });
  response.once('close', () => body.resume());
  await new Promise<void>((resolve) => body.once('end', resolve).once('close', resolve));
  const failed = body.trailers['lambda-runtime-function-error-type'] !== undefined;
  // After the headers only a cut connection can say that the rest is missing.
  if (failed || !body.complete) response.destroy();
  else response.end();
  return { status: head.status, bytes };
}

/** The gateway's request ids look like `JKJaXmPLvHcESHA=`. */
function toGatewayId(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').subarray(0, 11).toString('base64');
}
