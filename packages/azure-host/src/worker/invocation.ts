import type { LogLevel } from '../host-types.ts';
import type { Ended, Invoke } from '../messages.ts';
import { fieldOf, messageOf } from '../narrow.ts';
import { type AppFunction, toLevel } from './core-module.ts';
import type { Hooks } from './hooks.ts';
import { toRpcRequest } from './rpc-request.ts';
import { SystemError } from './system-error.ts';
import { toWireResponse } from './wire-response.ts';

/** The part of the worker that an invocation uses. */
export interface WorkerContext {
  readonly model: unknown;
  readonly hooks: Hooks;
  readonly write: (
    level: LogLevel,
    category: 'user' | 'system',
    message: string,
    invocation: { readonly id: string; readonly functionName: string },
  ) => void;
}

/**
 * Runs one invocation through the programming model and the hooks, in the order of the Node worker
 * (https://github.com/Azure/azure-functions-nodejs-worker/blob/2876343/src/eventHandlers/InvocationHandler.ts).
 */
export async function runInvocation(
  message: Invoke,
  appFunction: AppFunction,
  worker: WorkerContext,
): Promise<Ended> {
  try {
    return await invoke(message, appFunction, worker);
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    return { type: 'ended', id: message.id, ok: false, message: messageOf(error), stack };
  }
}

async function invoke(
  message: Invoke,
  appFunction: AppFunction,
  worker: WorkerContext,
): Promise<Ended> {
  const { hooks } = worker;
  const hookData: Record<string, unknown> = {};
  let invocationContext: unknown;
  const core: Record<string, unknown> = {
    invocationId: message.id,
    metadata: appFunction.metadata,
    request: toRpcRequest(message, appFunction),
    state: undefined,
    log: (level: unknown, category: unknown, text: unknown): void => {
      if (level === 'none') return;
      logThroughHooks(worker, hookData, invocationContext, {
        level: toLevel(level),
        category: category === 'user' ? 'user' : 'system',
        message: String(text),
        invocation: { id: message.id, functionName: appFunction.name },
      });
    },
  };
  const model = call(worker.model, 'getInvocationModel', core);
  const given = await call(model, 'getArguments');
  invocationContext = fieldOf(given, 'context');
  const pre = await runPreHooks(hooks, core, hookData, {
    inputs: fieldOf(given, 'inputs'),
    functionCallback: appFunction.callback,
    invocationContext,
  });
  const post: PostInvocation = { inputs: pre.inputs, result: null, error: null, invocationContext };
  try {
    core['state'] = 'invocation';
    const { inputs, functionCallback } = pre;
    post.result = await call(model, 'invokeFunction', invocationContext, inputs, functionCallback);
  } catch (error) {
    // A function may throw nothing at all; that it threw must not be lost.
    post.error = error ?? new SystemError('Unknown error');
  } finally {
    core['state'] = undefined;
  }
  const { result, error } = await runPostHooks(hooks, core, hookData, post);
  if (error !== null && error !== undefined) throw error;
  const rpc = await call(model, 'getResponse', invocationContext, result);
  const response = toWireResponse(fieldOf(fieldOf(rpc, 'returnValue'), 'http'));
  const ended: Ended = {
    type: 'ended',
    id: message.id,
    ok: true,
    isEmpty: result === null || result === undefined,
    outputs: outputNames(fieldOf(rpc, 'outputData')),
  };
  return response === undefined ? ended : { ...ended, response };
}

interface PreInvocation {
  inputs: unknown;
  functionCallback: unknown;
  readonly invocationContext: unknown;
}

interface PostInvocation {
  readonly inputs: unknown;
  result: unknown;
  error: unknown;
  readonly invocationContext: unknown;
}

/** Hooks may replace the inputs and the function. */
async function runPreHooks(
  hooks: Hooks,
  core: Record<string, unknown>,
  hookData: Record<string, unknown>,
  fields: PreInvocation,
): Promise<PreInvocation> {
  if (hooks.of('preInvocation').length === 0) return fields;
  const context = hooks.context(hookData, fields);
  core['state'] = 'preInvocationHooks';
  await hooks.run('preInvocation', context);
  core['state'] = undefined;
  return context;
}

async function runPostHooks(
  hooks: Hooks,
  core: Record<string, unknown>,
  hookData: Record<string, unknown>,
  fields: PostInvocation,
): Promise<PostInvocation> {
  if (hooks.of('postInvocation').length === 0) return fields;
  const context = hooks.context(hookData, fields);
  core['state'] = 'postInvocationHooks';
  await hooks.run('postInvocation', context);
  core['state'] = undefined;
  return context;
}

/** Log hooks may change what users log; what they throw is ignored. */
export function logThroughHooks(
  worker: WorkerContext,
  hookData: Record<string, unknown>,
  invocationContext: unknown,
  line: {
    readonly level: LogLevel;
    readonly category: 'user' | 'system';
    readonly message: string;
    readonly invocation: { readonly id: string; readonly functionName: string };
  },
): void {
  const hooks = worker.hooks.of('log');
  if (hooks.length === 0) {
    worker.write(line.level, line.category, line.message, line.invocation);
    return;
  }
  const context: { level: unknown; message: unknown } = worker.hooks.context(hookData, {
    level: line.level,
    message: line.message,
    category: line.category,
    invocationContext,
  });
  for (const hook of hooks) {
    try {
      hook(context);
    } catch {
      // As in the real worker, a log hook that fails must not fail what was logged.
    }
  }
  const isUser = line.category === 'user';
  if (isUser && context.level === 'none') return;
  worker.write(
    isUser ? toLevel(context.level) : line.level,
    line.category,
    isUser ? String(context.message) : line.message,
    line.invocation,
  );
}

/** Calls a method of an object of the library. */
export function call(target: unknown, method: string, ...args: readonly unknown[]): unknown {
  const found: unknown =
    typeof target === 'object' && target !== null ? Reflect.get(target, method) : undefined;
  if (typeof found !== 'function') {
    throw new SystemError(`The programming model of the app has no method "${method}".`);
  }
  return Reflect.apply(found, target, args);
}

function outputNames(outputs: unknown): readonly string[] {
  if (!Array.isArray(outputs)) return [];
  return outputs.map((output: unknown) => String(fieldOf(output, 'name')));
}
