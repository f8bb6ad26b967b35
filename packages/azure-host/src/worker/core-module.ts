import Module from 'node:module';
import type { LogLevel } from '../host-types.ts';
import { hostVersion } from '../host-version.ts';
import { isRecord } from '../narrow.ts';
import type { Hooks } from './hooks.ts';
import { SystemError } from './system-error.ts';

/** A function as the app registered it, with its code. */
export interface AppFunction {
  readonly id: string;
  readonly name: string;
  /** Handed back to the library as it came. */
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly callback: unknown;
  readonly scriptFile?: string;
}

/** The functions and the model that an app has registered so far. */
export interface Registry {
  readonly functions: Map<string, AppFunction>;
  /** The last programming model that was set. */
  model: unknown;
  /** The entry file that is being loaded. */
  currentFile: string | undefined;
  /** Set once the app has started: nothing can be registered then. */
  isLocked: boolean;
  /** True once the core module has been required. */
  isCoreLoaded: boolean;
}

/** Writes a line past the log hooks to the host. */
export type WriteLog = (level: LogLevel, category: 'user' | 'system', message: string) => void;

/** Nothing has been registered yet. */
export function createRegistry(): Registry {
  return {
    functions: new Map(),
    model: undefined,
    currentFile: undefined,
    isLocked: false,
    isCoreLoaded: false,
  };
}

/**
 * Makes `require('@azure/functions-core')` answer with the host's side of the contract. As in the real
 * worker `Module.prototype.require` alone is intercepted, so what works here works there
 * (https://github.com/Azure/azure-functions-nodejs-worker/blob/2876343/src/setupCoreModule.ts).
 */
export function installCoreModule(registry: Registry, hooks: Hooks, log: WriteLog): void {
  const core = createCoreModule(registry, hooks, log);
  const original: unknown = Reflect.get(Module.prototype, 'require');
  if (typeof original !== 'function') throw new Error('This Node has no Module.prototype.require.');
  const require = new Proxy(original, {
    apply(target, module, args: unknown[]): unknown {
      if (args[0] !== '@azure/functions-core') return Reflect.apply(target, module, args);
      registry.isCoreLoaded = true;
      return core;
    },
  });
  Reflect.set(Module.prototype, 'require', require);
}

function createCoreModule(registry: Registry, hooks: Hooks, log: WriteLog): object {
  return {
    version: '3.9.1',
    hostVersion,
    Disposable,
    registerHook: (name: unknown, callback: unknown) => {
      const { dispose } = hooks.register(name, callback);
      return new Disposable(dispose);
    },
    setProgrammingModel: (model: unknown) => {
      registry.model = model;
    },
    getProgrammingModel: () => registry.model,
    registerFunction: (metadata: unknown, callback: unknown) =>
      registerFunction(registry, metadata, callback),
    log: (level: unknown, category: unknown, message: unknown) => {
      if (level === 'none') return;
      log(toLevel(level), category === 'user' ? 'user' : 'system', String(message));
    },
  };
}

function registerFunction(registry: Registry, metadata: unknown, callback: unknown): Disposable {
  if (registry.isLocked) {
    throw new SystemError('A function can only be registered during app startup.');
  }
  if (!isRecord(metadata) || typeof metadata['name'] !== 'string') {
    throw new SystemError('A function must be registered with a name and its bindings.');
  }
  const { name } = metadata;
  const id = typeof metadata['functionId'] === 'string' ? metadata['functionId'] : name;
  if (registry.functions.has(id)) {
    throw new SystemError(`A function with id "${id}" has already been registered.`);
  }
  const base = { id, name, metadata, callback };
  const { currentFile } = registry;
  registry.functions.set(
    id,
    currentFile === undefined ? base : { ...base, scriptFile: currentFile },
  );
  return new Disposable(() => {
    if (registry.isLocked) {
      throw new SystemError('A function can only be disposed during app startup.');
    }
    registry.functions.delete(id);
  });
}

/** The level of a log call; what is no level counts as information. */
export function toLevel(level: unknown): LogLevel {
  switch (level) {
    case 'trace':
    case 'debug':
    case 'information':
    case 'warning':
    case 'error':
    case 'critical':
      return level;
    default:
      return 'information';
  }
}

/** Undoes a registration. */
class Disposable {
  #onDispose: (() => void) | undefined;

  constructor(onDispose: () => void) {
    this.#onDispose = onDispose;
  }

  dispose(): void {
    this.#onDispose?.();
    this.#onDispose = undefined;
  }

  static from(...disposables: readonly { dispose: () => void }[]): Disposable {
    return new Disposable(() => {
      for (const disposable of disposables) disposable.dispose();
    });
  }
}
