import Module from 'node:module';
import { Server } from 'node:net';
import { awaitAssignment } from '@tricloud/supervisor/in-child';
import {
  type FromWorker,
  type Invoke,
  parseToWorker,
  type RegisteredFunction,
  type RetryOptions,
} from './messages.ts';
import { fieldOf, isRecord, messageOf } from './narrow.ts';
import { captureConsole, currentInvocation } from './worker/console-capture.ts';
import { type AppFunction, createRegistry, installCoreModule } from './worker/core-module.ts';
import { createHooks } from './worker/hooks.ts';
import { call, logThroughHooks, runInvocation, type WorkerContext } from './worker/invocation.ts';
import { loadApp } from './worker/load-app.ts';
import { createOutbox } from './worker/outbox.ts';
import { SystemError } from './worker/system-error.ts';

// Node 22.8 and later keep compiled code between starts.
const enableCompileCache: unknown = Reflect.get(Module, 'enableCompileCache');
if (typeof enableCompileCache === 'function') Reflect.apply(enableCompileCache, Module, []);

const send = process.send?.bind(process);
if (send === undefined) throw new Error('The worker must be started by the host.');
// The real worker has no such channel, and code that finds one may think it runs under a process manager.
delete process.send;

process.on('disconnect', () => process.exit(0));
await awaitAssignment();
process.channel?.ref();

const appDir = process.env['AzureWebJobsScriptRoot'] ?? process.cwd();
const outbox = createOutbox((batch, onSent) => {
  if (process.connected) send(batch, undefined, {}, () => onSent?.());
  else onSent?.();
});
const registry = createRegistry();
const hooks = createHooks();
const context: WorkerContext = {
  get model() {
    return registry.model;
  },
  hooks,
  write(level, category, message, { id, functionName }) {
    const line: FromWorker = { type: 'log', level, category, message };
    outbox.post(id === '' ? line : { ...line, id, functionName });
  },
};
const noInvocation = { id: '', functionName: '' };

captureConsole(({ level, text, stream }, invocation) =>
  outbox.post({ type: 'log', level, category: 'user', message: text, stream, ...invocation }),
);
installCoreModule(registry, hooks, (level, category, message) =>
  logThroughHooks(context, hooks.appLevelData, undefined, {
    level,
    category,
    message,
    invocation: currentInvocation.getStore() ?? noInvocation,
  }),
);
process.on('exit', () => outbox.flush());
// Ctrl-C reaches the whole process group; the host then asks for the end in good order.
process.on('SIGINT', () => {});
process.on('uncaughtException', (error: unknown) => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  context.write('error', 'system', `Worker uncaught exception: ${text}`, noInvocation);
  outbox.flush(() => process.exit(1));
  setTimeout(() => process.exit(1), 500);
});
process.on('message', (batch: unknown) => {
  for (const message of parseToWorker(batch)) {
    if (message.type === 'terminate') void terminate();
    else invoke(message);
  }
});
await start();

function invoke(message: Invoke): void {
  const { id, functionId } = message;
  const appFunction = registry.functions.get(functionId);
  if (appFunction === undefined) {
    const problem = `There is no function "${functionId}".`;
    outbox.post({ type: 'ended', id, ok: false, message: problem, stack: '' });
    return;
  }
  currentInvocation.run({ id, functionName: appFunction.name }, () => {
    void runInvocation(message, appFunction, context).then((ended) => outbox.post(ended));
  });
}

async function start(): Promise<void> {
  try {
    await loadApp(appDir, registry);
    await hooks.run(
      'appStart',
      hooks.context(hooks.appLevelData, { functionAppDirectory: appDir }),
    );
    registry.isLocked = true;
    refuseTestMode();
    const httpUri = await readHttpUri();
    const functions = [...registry.functions.values()].map(toRegistered);
    outbox.post({ type: 'loaded', functions, httpUri });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const stack = cause instanceof Error ? `\n${cause.stack ?? ''}` : '';
    context.write('error', 'system', `${messageOf(error)}${stack}`, noInvocation);
    outbox.post({ type: 'loaded', functions: [], error: messageOf(error) });
  }
  outbox.flush();
}

async function terminate(): Promise<void> {
  try {
    await hooks.run('appTerminate', hooks.context(hooks.appLevelData, {}));
  } catch (error) {
    context.write(
      'error',
      'system',
      `An appTerminate hook failed: ${messageOf(error)}`,
      noInvocation,
    );
  }
  outbox.flush(() => process.exit(0));
}

/** With the library loaded and nothing registered, the app would answer 404 to everything in Azure. */
function refuseTestMode(): void {
  if (registry.functions.size > 0) return;
  const hasHooks = (
    ['preInvocation', 'postInvocation', 'appStart', 'appTerminate', 'log'] as const
  ).some((name) => hooks.of(name).length > 0);
  if (hasHooks) return;
  const isLibraryLoaded = Object.keys(Module.createRequire(import.meta.url).cache).some((path) =>
    /[\\/]@azure[\\/]functions[\\/]/.test(path),
  );
  if (!isLibraryLoaded) return;
  throw new SystemError(
    registry.isCoreLoaded
      ? 'The app registers no function.'
      : 'The app registers no function: "@azure/functions" is in test mode, because it could not require "@azure/functions-core".',
  );
}

/** The library starts its own HTTP server when the app streams; it then says where. */
async function readHttpUri(): Promise<string | undefined> {
  if (registry.model === undefined) return undefined;
  const listenEverywhere: unknown = Reflect.get(Server.prototype, 'listen');
  if (typeof listenEverywhere !== 'function') throw new Error('This Node has no Server.listen.');
  // The library would listen on every interface; only this machine may reach it.
  Reflect.set(
    Server.prototype,
    'listen',
    function listen(this: Server, ...args: unknown[]): unknown {
      const isBare = args.length === 0 || typeof args[0] === 'function';
      const local = isBare ? [{ port: 0, host: '127.0.0.1' }, ...args] : args;
      return Reflect.apply(listenEverywhere, this, local);
    },
  );
  try {
    const capabilities = await call(registry.model, 'getCapabilities', {
      RawHttpBodyBytes: 'true',
      RpcHttpTriggerMetadataRemoved: 'true',
      RpcHttpBodyOnly: 'true',
      IgnoreEmptyValuedRpcHttpHeaders: 'true',
      UseNullableValueDictionaryForHttp: 'true',
      WorkerStatus: 'true',
      TypedDataCollection: 'true',
      HandlesWorkerTerminateMessage: 'true',
    });
    const uri = fieldOf(capabilities, 'HttpUri');
    return typeof uri === 'string' ? uri : undefined;
  } finally {
    Reflect.set(Server.prototype, 'listen', listenEverywhere);
  }
}

function toRegistered(appFunction: AppFunction): RegisteredFunction {
  const { id, name, scriptFile, metadata } = appFunction;
  // What an app put into a binding may hold functions, which cannot be sent.
  const bindings: unknown = JSON.parse(JSON.stringify(metadata['bindings'] ?? {}));
  const retry = toRetry(metadata['retryOptions']);
  return { id, name, bindings: toBindings(bindings), scriptFile, retry };
}

function toBindings(value: unknown): RegisteredFunction['bindings'] {
  const bindings: Record<string, Readonly<Record<string, unknown>>> = {};
  if (!isRecord(value)) return bindings;
  for (const [name, binding] of Object.entries(value)) {
    if (isRecord(binding)) bindings[name] = binding;
  }
  return bindings;
}

function toRetry(value: unknown): RetryOptions | undefined {
  if (!isRecord(value)) return undefined;
  const strategy = value['retryStrategy'] ?? value['strategy'];
  if (strategy !== 'fixedDelay' && strategy !== 'exponentialBackoff') return undefined;
  return {
    strategy,
    maxRetryCount: toNumber(value['maxRetryCount']),
    delaySeconds: toNumber(fieldOf(value['delayInterval'], 'seconds')),
    minimumSeconds: toNumber(fieldOf(value['minimumInterval'], 'seconds')),
    maximumSeconds: toNumber(fieldOf(value['maximumInterval'], 'seconds')),
  };
}

function toNumber(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
