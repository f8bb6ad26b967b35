import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { limitsOf } from '@tricloud/core';
import type { HttpAnswer } from '../own-answer.ts';
import { createChildSource } from '../processes/child-source.ts';
import { readAtMost } from '../request-body.ts';
import type { Runtime, RuntimeOptions } from '../runtime.ts';
import { answerOf, crashed, gatewayTimedOut, tooLarge } from './answer-of.ts';
import { passStream, writeAnswer } from './gateway-response.ts';
import { toHttpApiEvent } from './http-api-event.ts';
import { startInstance } from './instance.ts';
import { createPool, type PoolResult } from './pool.ts';

/** What the AWS runtime is given besides what every runtime is given. */
export interface AwsOptions extends RuntimeOptions {
  readonly maxInstances: number;
  /** How long the gateway waits for the function: its own 30 s unless given. */
  readonly gatewayTimeoutMs?: number;
  /** Extra instances end after so long without work: a minute unless given. */
  readonly idleMs?: number;
  /** A runtime in place of ours, such as AWS's own interface client. */
  readonly program?: { readonly entry: URL | string; readonly args: readonly string[] };
}

const functionName = 'tricloud';
const region = 'us-east-1';
const functionArn = `arn:aws:lambda:${region}:000000000000:function:${functionName}`;
const limits = limitsOf('aws');
/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html: payload size 10 MB. */
const gatewayBytes = 10 * 1024 * 1024;

/** How one request ended. */
interface Served {
  readonly status: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly result?: PoolResult;
  readonly error?: string;
}

/** AWS: an API Gateway HTTP API in front of Lambda instances. */
export function startAws(options: AwsOptions): Runtime {
  const children = createChildSource({
    entry: options.program?.entry ?? lambdaChild,
    args: options.program?.args ?? [],
    nodePath: options.nodePath,
    watchdog: options.watchdog,
    hasStandby: options.hasStandby && options.program === undefined,
  });
  let instances = 0;
  const start = (taskRoot: string) => () => {
    instances += 1;
    return startInstance({
      children,
      taskRoot,
      functionName,
      region,
      memoryMiB: options.memoryMiB,
      timeoutMs: options.timeoutMs,
      execArgv: options.execArgv(instances),
      env: options.env,
      onLog: options.onLog,
    });
  };
  const pool = createPool({
    max: options.maxInstances,
    idleMs: options.idleMs ?? 60_000,
    start: start(options.appDir),
    onExit: options.onExit,
  });

  const serve = async (
    request: IncomingMessage,
    response: ServerResponse,
    id: string,
  ): Promise<Served> => {
    const send = (answer: HttpAnswer) =>
      writeAnswer(request, response, {
        ...answer,
        headers: [...answer.headers, ['apigw-requestid', toGatewayId(id)]],
      });
    const refuse = (bytesIn: number): Served => {
      send(tooLarge);
      const error = `The event may have ${limits.requestBytes} bytes of JSON.`;
      return { status: tooLarge.status, bytesIn, bytesOut: tooLarge.body.length, error };
    };

    const body = await readAtMost(request, gatewayBytes);
    if (body === undefined) return refuse(gatewayBytes);
    const bytesIn = body.length;
    const now = new Date();
    const traceId = toTraceId(now);
    const event = JSON.stringify(
      toHttpApiEvent(request, body, {
        requestId: toGatewayId(id),
        traceId,
        now,
        port: options.port,
      }),
    );
    if (Buffer.byteLength(event) > limits.requestBytes) return refuse(bytesIn);

    const gateway = setTimeout(
      () => send(gatewayTimedOut),
      Math.min(options.gatewayTimeoutMs ?? limits.httpTimeoutMs, 2 ** 31 - 1),
    );
    const result = await pool.run(
      () => ({
        id,
        traceId,
        functionArn,
        deadlineMs: Date.now() + options.timeoutMs,
        event,
      }),
      () => !response.destroyed,
    );
    clearTimeout(gateway);
    const { outcome } = result;
    if (response.headersSent) {
      // The gateway gave up; the function ran on, and is billed.
      if (outcome.kind === 'stream') outcome.body.resume();
      const error = 'The gateway waited no longer.';
      const bytesOut = gatewayTimedOut.body.length;
      return { status: gatewayTimedOut.status, bytesIn, bytesOut, result, error };
    }
    if (outcome.kind !== 'stream') {
      const { answer, ...why } = answerOf(outcome);
      send(answer);
      return { status: answer.status, bytesIn, bytesOut: answer.body.length, result, ...why };
    }
    const passed = await passStream(response, outcome.body);
    if (passed !== undefined) {
      return { status: passed.status, bytesIn, bytesOut: passed.bytes, result };
    }
    send(crashed);
    const error = 'The stream begins with no prelude that can be understood.';
    return { status: crashed.status, bytesIn, bytesOut: crashed.body.length, result, error };
  };

  return {
    listener(request, response) {
      const id = randomUUID();
      const at = new Date();
      const arrived = performance.now();
      serve(request, response, id)
        .then(({ result, ...served }) =>
          options.onRecord({
            at: at.toISOString(),
            id,
            method: request.method ?? '',
            path: (request.url ?? '').split('?')[0] ?? '',
            coldStart: result?.coldStart ?? false,
            durationMs: performance.now() - (result?.startedAt ?? arrived),
            ...(result?.coldStart === true ? { billedExtraMs: result.initMs } : {}),
            memoryMiB: options.memoryMiB,
            ...served,
          }),
        )
        .catch((error: unknown) => {
          // A client that goes away while it sends is no failure of anybody here.
          if (request.destroyed && !request.complete) return;
          options.onLog(id, 'stderr', `The gateway failed: ${String(error)}`);
          response.destroy();
        });
    },
    ready: pool.ready,
    swap: (appDir) => pool.swap(start(appDir)),
    instances: () => pool.size,
    async close() {
      await Promise.all([pool.close(), children.close()]);
    },
  };
}

const lambdaChild = new URL(
  import.meta.url.endsWith('.ts') ? './lambda-child.ts' : './lambda-child.mjs',
  import.meta.url,
);

/** The gateway's request ids look like `JKJaXmPLvHcESHA=`. */
function toGatewayId(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').subarray(0, 11).toString('base64');
}

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-traceids */
function toTraceId(now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
}
