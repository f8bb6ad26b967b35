import type { LogLevel } from '../host-types.ts';
import type { Ended, Input, Invoke, WireCookie, WireResponse } from '../messages.ts';
import { fieldOf, isRecord, messageOf } from '../narrow.ts';
import { type AppFunction, toLevel } from './core-module.ts';
import type { Hooks } from './hooks.ts';
import { SystemError } from './system-error.ts';

/** What an invocation needs of the worker. */
export interface Surroundings {
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
  around: Surroundings,
): Promise<Ended> {
  try {
    return await invoke(message, appFunction, around);
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    return { type: 'ended', id: message.id, ok: false, message: messageOf(error), stack };
  }
}

async function invoke(
  message: Invoke,
  appFunction: AppFunction,
  around: Surroundings,
): Promise<Ended> {
  const { hooks } = around;
  const hookData: Record<string, unknown> = {};
  let invocationContext: unknown;
  const core: Record<string, unknown> = {
    invocationId: message.id,
    metadata: appFunction.metadata,
    request: toRpcRequest(message, appFunction),
    state: undefined,
    log: (level: unknown, category: unknown, text: unknown): void => {
      if (level === 'none') return;
      logThroughHooks(around, hookData, invocationContext, {
        level: toLevel(level),
        category: category === 'user' ? 'user' : 'system',
        message: String(text),
        invocation: { id: message.id, functionName: appFunction.name },
      });
    },
  };
  const model = call(around.model, 'getInvocationModel', core);
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

/** What the hooks leave is what is used. */
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

/** Log hooks may change what users log; what they throw harms nobody. */
export function logThroughHooks(
  around: Surroundings,
  hookData: Record<string, unknown>,
  invocationContext: unknown,
  line: {
    readonly level: LogLevel;
    readonly category: 'user' | 'system';
    readonly message: string;
    readonly invocation: { readonly id: string; readonly functionName: string };
  },
): void {
  const hooks = around.hooks.of('log');
  if (hooks.length === 0) {
    around.write(line.level, line.category, line.message, line.invocation);
    return;
  }
  const context: { level: unknown; message: unknown } = around.hooks.context(hookData, {
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
  around.write(
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

function toRpcRequest(message: Invoke, appFunction: AppFunction): object {
  const { input } = message;
  return {
    invocationId: message.id,
    functionId: message.functionId,
    inputData: [{ name: triggerName(appFunction.metadata), data: toRpcData(input) }],
    triggerMetadata: input.kind === 'stream' ? toTriggerMetadata(input) : {},
    traceContext: {
      traceParent: message.traceParent ?? newTraceParent(message.id),
      traceState: message.traceState ?? '',
      attributes: {},
    },
    ...(message.retry !== undefined && { retryContext: message.retry }),
  };
}

/** W3C Trace Context: an invocation that nobody traces starts a trace of its own, from its random id. */
function newTraceParent(id: string): string {
  const hex = id.replaceAll('-', '');
  return `00-${hex}-${hex.slice(16)}-00`;
}

const triggerNames = new WeakMap<object, string>();

function triggerName(metadata: AppFunction['metadata']): string {
  const known = triggerNames.get(metadata);
  if (known !== undefined) return known;
  const { bindings } = metadata;
  const trigger = isRecord(bindings)
    ? Object.entries(bindings).find(([, binding]) => isTrigger(binding))
    : undefined;
  const name = trigger?.[0] ?? '';
  triggerNames.set(metadata, name);
  return name;
}

function isTrigger(binding: unknown): boolean {
  const type = fieldOf(binding, 'type');
  return typeof type === 'string' && /trigger$/i.test(type);
}

function toRpcData(input: Input): object {
  switch (input.kind) {
    case 'http': {
      const { method, url, headers, query, params, body } = input.http;
      return {
        http: {
          method,
          url,
          nullableHeaders: toNullable(headers),
          nullableQuery: toNullable(query),
          nullableParams: toNullable(params),
          ...(body !== undefined && { body: { bytes: body } }),
        },
      };
    }
    case 'stream':
      return { http: {} };
    case 'json':
      return { json: input.json };
    default:
      return { string: input.string };
  }
}

function toTriggerMetadata(input: Extract<Input, { kind: 'stream' }>): object {
  const metadata: Record<string, object> = Object.create(null);
  for (let index = 0; index < input.metadata.length; index += 2) {
    metadata[input.metadata[index] ?? ''] = { string: input.metadata[index + 1] ?? '' };
  }
  metadata['Headers'] = { json: input.headers };
  return metadata;
}

/** Without a prototype, so that a header or query called `__proto__` is one like any other. */
function toNullable(pairs: readonly string[]): Record<string, { value: string }> {
  const map: Record<string, { value: string }> = Object.create(null);
  for (let index = 0; index < pairs.length; index += 2) {
    map[pairs[index] ?? ''] = { value: pairs[index + 1] ?? '' };
  }
  return map;
}

function toWireResponse(http: unknown): WireResponse | undefined {
  if (!isRecord(http)) return undefined;
  const headers: string[] = [];
  if (isRecord(http['headers'])) {
    for (const [name, value] of Object.entries(http['headers'])) headers.push(name, String(value));
  }
  const cookies = Array.isArray(http['cookies']) ? http['cookies'].map(toWireCookie) : [];
  const body = toBytes(http['body']);
  const base = {
    status: Number(http['statusCode'] ?? 200),
    headers,
    cookies,
    negotiates: http['enableContentNegotiation'] === true,
  };
  return body === undefined ? base : { ...base, body };
}

function toBytes(body: unknown): Uint8Array | undefined {
  const bytes = fieldOf(body, 'bytes');
  if (bytes instanceof Uint8Array) return bytes.byteLength === 0 ? undefined : bytes;
  const text = fieldOf(body, 'string') ?? fieldOf(body, 'json');
  return typeof text === 'string' && text !== '' ? Buffer.from(text) : undefined;
}

function toWireCookie(cookie: unknown): WireCookie {
  const expires = fieldOf(fieldOf(fieldOf(cookie, 'expires'), 'value'), 'seconds');
  const optional = {
    domain: stringOf(cookie, 'domain'),
    path: stringOf(cookie, 'path'),
    expiresSeconds: typeof expires === 'number' ? expires : undefined,
    maxAge: numberOf(cookie, 'maxAge'),
    secure: booleanOf(cookie, 'secure'),
    httpOnly: booleanOf(cookie, 'httpOnly'),
    sameSite: sameSiteOf(fieldOf(cookie, 'sameSite')),
  };
  return {
    name: textOf(fieldOf(cookie, 'name')),
    value: textOf(fieldOf(cookie, 'value')),
    ...withoutUndefined(optional),
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(fields: T): Defined<T> {
  const defined: Defined<T> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) Object.defineProperty(defined, name, { value, enumerable: true });
  }
  return defined;
}

function valueOf(cookie: unknown, name: string): unknown {
  return fieldOf(fieldOf(cookie, name), 'value');
}

function stringOf(cookie: unknown, name: string): string | undefined {
  const value = valueOf(cookie, name);
  return typeof value === 'string' ? value : undefined;
}

function numberOf(cookie: unknown, name: string): number | undefined {
  const value = valueOf(cookie, name);
  return typeof value === 'number' ? value : undefined;
}

function booleanOf(cookie: unknown, name: string): boolean | undefined {
  const value = valueOf(cookie, name);
  return typeof value === 'boolean' ? value : undefined;
}

/** In the worker's protocol `none` means "not given" and `explicitNone` means None. */
function sameSiteOf(value: unknown): WireCookie['sameSite'] {
  if (value === 'lax' || value === 'strict') return value;
  return value === 'explicitNone' ? 'none' : undefined;
}

function outputNames(outputs: unknown): readonly string[] {
  if (!Array.isArray(outputs)) return [];
  return outputs.map((output: unknown) => String(fieldOf(output, 'name')));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
