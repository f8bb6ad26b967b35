import { deferred } from '@tricloud/supervisor/in-child';
import type { RuntimeClient, RuntimeInvocation } from './client.ts';
import { toFault } from './fault.ts';
import type { LoadedHandler } from './load-handler.ts';
import { createResponseStream } from './response-stream.ts';

/** Runs one invocation and reports its result to the Runtime API. */
export async function invoke(
  handler: LoadedHandler,
  invocation: RuntimeInvocation,
  client: RuntimeClient,
): Promise<void> {
  if (handler.isStreaming) return invokeStreaming(handler, invocation, client);
  try {
    const event: unknown = JSON.parse(invocation.event);
    const result =
      handler.arity >= 3
        ? await callWithCallback(handler, event, invocation)
        : await handler.call(event, toContext(invocation));
    await client.response(invocation.id, JSON.stringify(result === undefined ? null : result));
  } catch (error) {
    console.error('Invoke Error', error);
    await client.error(invocation.id, toFault(error));
  }
}

async function invokeStreaming(
  handler: LoadedHandler,
  invocation: RuntimeInvocation,
  client: RuntimeClient,
): Promise<void> {
  const response = createResponseStream(client, invocation.id);
  try {
    const event: unknown = JSON.parse(invocation.event);
    await handler.call(event, response.stream, toContext(invocation));
    await response.finish();
  } catch (error) {
    console.error('Invoke Error', error);
    await response.fail(error);
  }
}

/**
 * A handler of three parameters answers through its callback, or through the promise it returns. Unless it
 * says otherwise the answer waits until nothing is left to do; without any answer it is `null`.
 */
async function callWithCallback(
  handler: LoadedHandler,
  event: unknown,
  invocation: RuntimeInvocation,
): Promise<unknown> {
  const context = toContext(invocation);
  const answer = deferred<{ error: unknown } | { result: unknown }>();
  let given: { error: unknown } | { result: unknown } | undefined;
  const atEnd = () => answer.resolve(given ?? { result: null });
  const callback = (error: unknown, result: unknown) => {
    given ??= error === null || error === undefined ? { result } : { error };
    if (!context.callbackWaitsForEmptyEventLoop) atEnd();
  };
  process.on('beforeExit', atEnd);
  try {
    const returned = handler.call(event, context, callback);
    const settled = await (returned instanceof Promise
      ? returned.then((result: unknown) => ({ result }))
      : answer.promise);
    if ('error' in settled) throw toError(settled.error);
    return settled.result;
  } finally {
    process.off('beforeExit', atEnd);
  }
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function toContext(invocation: RuntimeInvocation) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? '',
    functionVersion: process.env['AWS_LAMBDA_FUNCTION_VERSION'] ?? '',
    invokedFunctionArn: invocation.functionArn,
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? '',
    awsRequestId: invocation.id,
    logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'] ?? '',
    logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '',
    identity: parseOptional(invocation.identity),
    clientContext: parseOptional(invocation.clientContext),
    getRemainingTimeInMillis: () => Math.max(0, invocation.deadlineMs - Date.now()),
  };
}

function parseOptional(json: string | undefined): unknown {
  return json === undefined ? undefined : JSON.parse(json);
}
