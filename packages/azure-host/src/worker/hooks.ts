import { ReadOnlyError, SystemRangeError } from './system-error.ts';

/** The events that hooks can be registered for. */
export type HookName = 'preInvocation' | 'postInvocation' | 'appStart' | 'appTerminate' | 'log';

/** A hook as an app registered it. */
export type HookCallback = (context: object) => unknown;

type HookData = Record<string, unknown>;

/** The hooks of the app. */
export interface Hooks {
  /** Shared by `appStart`, `appTerminate` and log lines outside of an invocation. */
  readonly appLevelData: HookData;
  register(name: unknown, callback: unknown): { dispose: () => void };
  /** The callbacks in the order of registration. */
  of(name: HookName): readonly HookCallback[];
  /** A context whose two data objects can be filled but not replaced. */
  context<T extends object>(hookData: HookData, fields: T): T;
  /** Runs every hook of a name, one after the other. */
  run(name: HookName, context: object): Promise<void>;
}

/**
 * The registry of hooks, with the rules of the Node worker
 * (https://github.com/Azure/azure-functions-nodejs-worker/tree/2876343/src/hooks).
 */
export function createHooks(): Hooks {
  const registered: Record<HookName, HookCallback[]> = {
    preInvocation: [],
    postInvocation: [],
    appStart: [],
    appTerminate: [],
    log: [],
  };
  const appHookData: HookData = {};
  return {
    appLevelData: {},
    of: (name) => registered[name],
    register(name, callback) {
      if (!isHookName(name)) {
        throw new SystemRangeError(`Unrecognized hook "${String(name)}"`);
      }
      if (typeof callback !== 'function') throw new TypeError('A hook must be a function.');
      const hook: HookCallback = (context) => Reflect.apply(callback, undefined, [context]);
      registered[name] = [...registered[name], hook];
      return {
        dispose: () => {
          registered[name] = registered[name].filter((other) => other !== hook);
        },
      };
    },
    context(hookData, fields) {
      for (const [name, data] of Object.entries({ hookData, appHookData })) {
        Object.defineProperty(fields, name, {
          enumerable: true,
          get: () => data,
          set: () => {
            throw new ReadOnlyError(name);
          },
        });
      }
      return fields;
    },
    async run(name, context) {
      for (const hook of registered[name]) await hook(context);
    },
  };
}

function isHookName(name: unknown): name is HookName {
  return (
    name === 'preInvocation' ||
    name === 'postInvocation' ||
    name === 'appStart' ||
    name === 'appTerminate' ||
    name === 'log'
  );
}
