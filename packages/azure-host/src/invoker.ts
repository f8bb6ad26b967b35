import { randomUUID } from 'node:crypto';
import type { IndexedFunction } from './function-index.ts';
import { longestTimerMs } from '@tricloud/supervisor';
import { type HostContext, logSystem } from './host-context.ts';
import type { Ended, Input, RetryContext, RetryOptions } from './messages.ts';

/** The part of the host that an invocation uses. */
type InvokerContext = Pick<HostContext, 'log' | 'options' | 'pool' | 'signal'>;

/** A function to run, with its input and the reason. */
export interface Start {
  readonly target: IndexedFunction;
  readonly input: Input;
  readonly reason: string;
  /** Given where the caller must know it before; otherwise every attempt gets a new one. */
  readonly id?: string | undefined;
  readonly traceParent?: string | undefined;
  readonly traceState?: string | undefined;
}

/** The result; of several attempts the last one counts. */
export interface Finished {
  readonly id: string;
  readonly ended: Ended;
  readonly coldStart: boolean;
  /** From the start of the first attempt to the end of the last. */
  readonly durationMs: number;
}

/** Runs a function, and again as often as its retry options say. */
export async function execute(context: InvokerContext, start: Start): Promise<Finished> {
  const { registered, shown } = start.target;
  const { retry } = registered;
  const startedAt = performance.now();
  let failure: Extract<Ended, { ok: false }> | undefined;
  for (let retryCount = 0; ; retryCount += 1) {
    const attempted = await attempt(context, start, toRetryContext(retry, retryCount, failure));
    const { ended } = attempted;
    const finished = { ...attempted, durationMs: performance.now() - startedAt };
    if (ended.ok || retry === undefined || isLastAttempt(start, retry, retryCount)) return finished;
    failure = ended;
    const waitMs = retryDelayMs(retry, retryCount);
    const message = `Waiting for ${waitMs} ms before retrying function execution. Next attempt: '${retryCount + 1}'. Max retry count: '${retry.maxRetryCount}'.`;
    logSystem(context, 'information', message, { functionName: shown.name });
    if (!(await pause(waitMs, context.signal))) return finished;
  }
}

/** The body of a streamed request can be read only once. */
function isLastAttempt({ input }: Start, { maxRetryCount }: RetryOptions, retryCount: number) {
  return input.kind === 'stream' || (maxRetryCount >= 0 && retryCount >= maxRetryCount);
}

async function attempt(
  context: InvokerContext,
  start: Start,
  retry: RetryContext | undefined,
): Promise<Finished> {
  const { shown, registered } = start.target;
  const { input, reason, traceParent, traceState, id = randomUUID() } = start;
  const of = { functionName: shown.name, invocationId: id };
  const startedAt = performance.now();
  const acquired = context.pool.acquire();
  const place = acquired instanceof Promise ? await acquired : acquired;
  if (context.options.onLog !== undefined) {
    const message = `Executing 'Functions.${shown.name}' (Reason='${reason}', Id=${id})`;
    logSystem(context, 'information', message, of);
  }
  let ended: Ended = { type: 'ended', id, ok: false, message: 'The app is not loaded.', stack: '' };
  if (place.isGranted) {
    const functionId = registered.id;
    const { worker } = place.service;
    const message = { id, functionId, input, traceParent, traceState, retry };
    ended = await worker.invoke({ type: 'invoke', ...message });
    place.release(!worker.isGone);
  }
  const durationMs = performance.now() - startedAt;
  logEnd(context, of, ended, durationMs);
  return { id, ended, coldStart: place.isGranted && place.isCold, durationMs };
}

function logEnd(
  context: InvokerContext,
  of: { readonly functionName: string; readonly invocationId: string },
  ended: Ended,
  durationMs: number,
): void {
  if (context.options.onLog === undefined) return;
  const level = ended.ok ? 'information' : 'error';
  logSystem(context, level, describeEnd(of.functionName, of.invocationId, ended, durationMs), of);
  if (!ended.ok || ended.outputs.length === 0) return;
  const message = `What the function wrote to ${ended.outputs.join(', ')} is dropped: that binding needs an extension that does not run here.`;
  logSystem(context, 'warning', message, of);
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
    const onTimer = (): void => {
      signal.removeEventListener('abort', onAbort);
      resolve(true);
    };
    const timer = setTimeout(onTimer, Math.min(waitMs, longestTimerMs));
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
