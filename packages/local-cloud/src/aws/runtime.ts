import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { limitsOf } from '@tricloud/core';
import { createLauncher, longestTimerMs, Pool, programBeside } from '@tricloud/supervisor';
import type { HttpAnswer } from '../own-answer.ts';
import { readAtMost } from '../request-body.ts';
import { describeArrival, type Runtime, type RuntimeOptions, runtimeOf } from '../runtime.ts';
import { answerOf, crashed, gatewayTimedOut, tooLarge } from './answer-of.ts';
import { passStream, writeAnswer } from './gateway-response.ts';
import { toHttpApiEvent } from './http-api-event.ts';
import { type ExecutionEnvironment, startInstance } from './instance.ts';
import { invokeIn, type Invoked } from './invoke-in.ts';

/** Options of the AWS runtime in addition to those of every runtime. */
export interface AwsOptions extends RuntimeOptions {
  readonly maxInstances: number;
  /** Longest time that the gateway waits for the function: its own 30 s unless given. */
  readonly gatewayTimeoutMs?: number | undefined;
  /** Idle time after which an additional instance ends: a minute unless given. */
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
/** Time that Lambda gives an initialisation before it repeats it within the first invocation. */
const initTimeoutMs = 10_000;

/** AWS: an API Gateway HTTP API in front of Lambda instances. */
export function startAws(options: AwsOptions): Runtime {
  const { program } = options;
  const launcher = createLauncher({
    entry: program?.entry ?? programBeside(import.meta.url, './child.ts', './aws-child.mjs'),
    args: program?.args,
    nodePath: options.nodePath,
    watchdog: options.watchdog,
    hasStandby: options.hasStandby && program === undefined,
  });
  let instances = 0;
  const startOf = (appDir: string) => () => {
    instances += 1;
    const execArgv = options.execArgv(instances);
    return startInstance({ ...options, launcher, functionName, region, appDir, execArgv });
  };
  const pool = new Pool({
    max: options.maxInstances,
    concurrency: 1,
    start: startOf(options.appDir),
    startTimeoutMs: Math.max(initTimeoutMs, options.timeoutMs),
    patience: 0,
    idleMs: options.idleMs ?? 60_000,
    handover: 'when-ready',
    onExit: options.onExit,
  });
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const gateway = { request, response, id: randomUUID(), options, pool };
    serveAndRecord(gateway).catch((error: unknown) => {
      // A client that goes away while it sends is no failure of the gateway.
      if (request.destroyed && !request.complete) return;
      options.onLog(gateway.id, 'stderr', `The gateway failed: ${String(error)}`);
      response.destroy();
    });
  };
  return runtimeOf(pool, launcher, { listener, startOf });
}

/** A request in the gateway. */
interface GatewayRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly id: string;
  readonly options: AwsOptions;
  readonly pool: Pool<ExecutionEnvironment>;
}

/** The end of a request, as it is recorded. */
interface Served {
  readonly status: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly invoked?: Invoked;
  readonly error?: string;
}

async function serveAndRecord(gateway: GatewayRequest): Promise<void> {
  const { request, id, options } = gateway;
  const arrival = describeArrival(request);
  const arrivedAt = performance.now();
  const { invoked, ...served } = await serve(gateway);
  options.onRecord({
    ...arrival,
    id,
    coldStart: invoked?.coldStart ?? false,
    durationMs: performance.now() - (invoked?.startedAt ?? arrivedAt),
    ...(invoked?.coldStart === true ? { billedExtraMs: invoked.initMs } : {}),
    memoryMiB: options.memoryMiB,
    ...served,
  });
}

async function serve(gateway: GatewayRequest): Promise<Served> {
  const { request, response, id, options } = gateway;
  const body = await readAtMost(request, gatewayBytes);
  if (body === undefined) return refuseTooLarge(gateway, gatewayBytes);
  const now = new Date();
  const traceId = toTraceId(now);
  const requestId = toGatewayId(id);
  const event = JSON.stringify(
    toHttpApiEvent(request, body, { requestId, traceId, now, port: options.port }),
  );
  const bytesIn = body.length;
  if (Buffer.byteLength(event) > limits.requestBytes) return refuseTooLarge(gateway, bytesIn);

  const gatewayTimeoutMs = options.gatewayTimeoutMs ?? limits.httpTimeoutMs;
  const timer = setTimeout(
    () => send(gateway, gatewayTimedOut),
    Math.min(gatewayTimeoutMs, longestTimerMs),
  );
  const toInvocation = () => {
    const deadlineMs = Date.now() + options.timeoutMs;
    return { id, traceId, functionArn, deadlineMs, event };
  };
  const invoked = await invokeIn(gateway.pool, toInvocation, () => !response.destroyed);
  clearTimeout(timer);
  return { bytesIn, invoked, ...(await answer(gateway, invoked)) };
}

async function answer(
  gateway: GatewayRequest,
  { outcome }: Invoked,
): Promise<Pick<Served, 'status' | 'bytesOut' | 'error'>> {
  if (gateway.response.headersSent) {
    // The gateway gave up; the function ran on, and is billed.
    if (outcome.kind === 'stream') outcome.body.resume();
    const error = 'The gateway timed out before the function answered.';
    return { status: gatewayTimedOut.status, bytesOut: gatewayTimedOut.body.length, error };
  }
  if (outcome.kind !== 'stream') {
    const { answer: own, ...error } = answerOf(outcome);
    send(gateway, own);
    return { status: own.status, bytesOut: own.body.length, ...error };
  }
  const passed = await passStream(gateway.response, outcome.body);
  if (passed !== undefined) return passed;
  send(gateway, crashed);
  const error = 'The stream does not begin with a valid prelude.';
  return { status: crashed.status, bytesOut: crashed.body.length, error };
}

function refuseTooLarge(gateway: GatewayRequest, bytesIn: number): Served {
  send(gateway, tooLarge);
  const error = `The event may have ${limits.requestBytes} bytes of JSON.`;
  return { status: tooLarge.status, bytesIn, bytesOut: tooLarge.body.length, error };
}

function send({ request, response, id }: GatewayRequest, sent: HttpAnswer): void {
  const headers = [...sent.headers, ['apigw-requestid', toGatewayId(id)] as const];
  writeAnswer(request, response, { ...sent, headers });
}

/** The gateway's request ids look like `JKJaXmPLvHcESHA=`. */
function toGatewayId(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').subarray(0, 11).toString('base64');
}

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-traceids */
function toTraceId(now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
}
