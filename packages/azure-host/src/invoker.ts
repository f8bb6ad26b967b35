import { randomUUID } from 'node:crypto';
import type { IndexedFunction } from './function-index.ts';
import type { HostLogLine } from './host-types.ts';
import type { Ended, Input, Invoke, RetryContext, RetryOptions } from './messages.ts';
import type { Worker } from './worker-process.ts';

/** What an invocation needs of the host. */
export interface InvokerContext {
  readonly log: (line: HostLogLine) => void;
  /** Whether anybody listens to the log. */
  readonly isLogged: boolean;
  /** The worker once it has loaded the app; `undefined` if there is none to be had. */
  readonly readyWorker: () => Worker | undefined | Promise<Worker | undefined>;
  /** Ends waits between attempts when the host closes. */
  readonly signal: AbortSignal;
}

/** What is to be run, and why. */
export interface Start {
  readonly target: IndexedFunction;
  readonly input: Input;
  readonly reason: string;
  /** Given where the caller must know it before; otherwise every attempt gets a new one. */
  readonly id?: string;
  readonly traceParent?: string;
  readonly traceState?: string;
}

/** What became of it; of several attempts the last counts. */
export interface Finished {
  readonly id: string;
  readonly ended: Ended;
  readonly coldStart: boolean;
  /** From the start of the first attempt to the end of the last. */
  readonly durationMs: number;
}

/** Runs a function, and again as often as its retry options say. */
export async function execute(context: InvokerContext, start: Start): Promise<Finished> {
  const { retry } = start.target.registered;
  const startedAt = performance.now();
  let failure: Extract<Ended, { ok: false }> | undefined;
  for (let retryCount = 0; ; retryCount += 1) {
    const finished = await attempt(context, start, toRetryContext(retry, retryCount, failure));
    const { ended } = finished;
    const isLast =
      ended.ok ||
      retry === undefined ||
      start.input.kind === 'stream' ||
      (retry.maxRetryCount >= 0 && retryCount >= retry.maxRetryCount);
    if (isLast || ended.ok) return { ...finished, durationMs: performance.now() - startedAt };
    failure = ended;
    const waitMs = retryDelayMs(retry, retryCount);
    const { name } = start.target.shown;
    context.log({
      level: 'information',
      category: 'system',
      functionName: name,
      message: `Waiting for ${waitMs} ms before retrying function execution. Next attempt: '${retryCount + 1}'. Max retry count: '${retry.maxRetryCount}'.`,
    });
    if (!(await pause(waitMs, context.signal))) {
      return { ...finished, durationMs: performance.now() - startedAt };
    }
  }
}

async function attempt(
  context: InvokerContext,
  start: Start,
  retry: RetryContext | undefined,
): Promise<Finished> {
  const { target } = start;
  const functionName = target.shown.name;
  const id = start.id ?? randomUUID();
  const startedAt = performance.now();
  const ready = context.readyWorker();
  const worker = ready instanceof Promise ? await ready : ready;
  const coldStart = worker?.isCold ?? false;
  if (context.isLogged)
    context.log({
      level: 'information',
      category: 'system',
      functionName,
      invocationId: id,
      message: `Executing 'Functions.${functionName}' (Reason='${start.reason}', Id=${id})`,
    });
  const message: Invoke = {
    type: 'invoke',
    id,
    functionId: target.registered.id,
    input: start.input,
    ...(start.traceParent !== undefined && { traceParent: start.traceParent }),
    ...(start.traceState !== undefined && { traceState: start.traceState }),
    ...(retry !== undefined && { retry }),
  };
  const ended: Ended =
    worker === undefined
      ? { type: 'ended', id, ok: false, message: 'The app is not loaded.', stack: '' }
      : await worker.invoke(message);
  const durationMs = performance.now() - startedAt;
  if (context.isLogged)
    context.log({
      level: ended.ok ? 'information' : 'error',
      category: 'system',
      functionName,
      invocationId: id,
      message: describeEnd(functionName, id, ended, durationMs),
    });
  if (ended.ok && ended.outputs.length > 0) {
    context.log({
      level: 'warning',
      category: 'system',
      functionName,
      invocationId: id,
      message: `What the function wrote to ${ended.outputs.join(', ')} goes nowhere: that binding needs an extension that does not run here.`,
    });
  }
  return { id, ended, coldStart, durationMs };
}

function describeEnd(name: string, id: string, ended: Ended, durationMs: number): string {
  const duration = `Duration=${Math.round(durationMs)}ms`;
  if (ended.ok) return `Executed 'Functions.${name}' (Succeeded, Id=${id}, ${duration})`;
  const stack = ended.stack === '' ? '' : `\nStack: ${ended.stack}`;
  return `Executed 'Functions.${name}' (Failed, Id=${id}, ${duration})\nResult: Failure\nException: ${ended.message}${stack}`;
}

function toRetryContext(
  retry: RetryOptions | undefined,
  retryCount: number,
  failure: Extract<Ended, { ok: false }> | undefined,
): RetryContext | undefined {
  if (retry === undefined) return undefined;
  const { maxRetryCount } = retry;
  if (failure === undefined) return { retryCount, maxRetryCount };
  const { message, stack } = failure;
  return { retryCount, maxRetryCount, exception: { message, stackTrace: stack } };
}

/**
 * The wait before the next attempt: fixed, or doubling from the minimum to the maximum with a fifth of
 * jitter (`RandomizedExponentialBackoffStrategy` of azure-webjobs-sdk).
 */
export function retryDelayMs(
  retry: RetryOptions,
  retryCount: number,
  random: () => number = Math.random,
): number {
  if (retry.strategy === 'fixedDelay') return retry.delaySeconds * 1000;
  const minimumMs = retry.minimumSeconds * 1000;
  const maximumMs = Math.max(minimumMs, retry.maximumSeconds * 1000);
  if (retryCount === 0) return minimumMs;
  const step = minimumMs * 2 ** Math.min(retryCount, 30) * (0.8 + 0.4 * random());
  return Math.min(maximumMs, Math.max(minimumMs, Math.round(step)));
}

/** Waits, however long; `false` if the signal came first. */
function pause(waitMs: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(
      () => {
        signal.removeEventListener('abort', onAbort);
        resolve(true);
      },
      Math.min(waitMs, 2 ** 31 - 1),
    );
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
