import type { HostFunction } from './host-types.ts';
import type { Binding, Loaded, RegisteredFunction } from './messages.ts';
import { messageOf } from './narrow.ts';
import { scheduleOf } from './timers/timer-schedule.ts';
import { parseRouteTemplate, type RouteTemplate } from './routing/template.ts';

/** The authorization that a function requires. */
export type AuthLevel = 'anonymous' | 'function' | 'system' | 'admin';

/** A function that requests, timers or the admin API start. */
export interface IndexedFunction {
  readonly registered: RegisteredFunction;
  readonly shown: HostFunction;
  readonly triggerBinding: Binding;
  readonly kind: 'http' | 'timer' | 'warmup' | 'other';
  readonly authLevel: AuthLevel;
  readonly template: RouteTemplate | undefined;
  /** True if the host can start it at all. */
  readonly isRunnable: boolean;
  /** Names of the bindings other than the trigger and the HTTP answer. */
  readonly otherBindings: readonly string[];
}

/** Thrown for a route with which Azure's host does not start at all. */
class FunctionIndexError extends Error {
  override readonly name = 'FunctionIndexError';
}

/**
 * Sorts the functions by name, ignoring case, and finds those that cannot run
 * (https://github.com/Azure/azure-functions-host/blob/89dc438/src/WebJobs.Script/Host/ScriptHost.cs).
 */
export function indexFunctions(
  loaded: Loaded,
  routePrefix: string,
  settings: Readonly<Record<string, string>>,
): readonly IndexedFunction[] {
  const sorted = loaded.functions
    .map((registered) => ({ registered, key: registered.name.toUpperCase() }))
    .sort((left, right) => (left.key < right.key ? -1 : Number(left.key > right.key)));
  const indexed: IndexedFunction[] = [];
  for (const { registered } of sorted) {
    indexed.push(indexFunction(registered, routePrefix, settings, indexed));
  }
  return indexed;
}

function indexFunction(
  registered: RegisteredFunction,
  routePrefix: string,
  settings: Readonly<Record<string, string>>,
  earlier: readonly IndexedFunction[],
): IndexedFunction {
  const { name, bindings } = registered;
  const entries = Object.entries(bindings);
  const [triggerName, triggerBinding] = entries.find(([, binding]) => isTrigger(binding)) ?? [
    '',
    {},
  ];
  const type = textOf(triggerBinding['type']);
  const kind = kindOf(type);
  const isHttp = kind === 'http';
  const methods = isHttp ? methodsOf(triggerBinding) : [];
  const route = routeOf(name, triggerBinding);
  const problem =
    findProblem(registered, kind, route, methods, earlier) ??
    (kind === 'timer' ? findScheduleProblem(triggerBinding, settings) : undefined);
  const isRunnable = problem === undefined;
  return {
    registered,
    shown: {
      name,
      trigger: type,
      methods,
      isDisabled: isDisabled(name, settings),
      route: isHttp ? joinRoute(routePrefix, route) : undefined,
      error: problem ?? (kind === 'other' ? needsExtension(type, name) : undefined),
    },
    triggerBinding,
    kind,
    authLevel: authLevelOf(triggerBinding),
    template: isHttp && isRunnable ? toTemplate(name, routePrefix, route) : undefined,
    isRunnable,
    otherBindings: entries
      .filter(([key, binding]) => key !== triggerName && binding['type'] !== 'http')
      .map(([key, binding]) => `${key} (${textOf(binding['type'])})`),
  };
}

function needsExtension(type: string, name: string): string {
  return `${type} needs an extension that does not run here; start the function with POST /admin/functions/${name}.`;
}

function findProblem(
  { name }: RegisteredFunction,
  kind: IndexedFunction['kind'],
  route: string,
  methods: readonly string[],
  earlier: readonly IndexedFunction[],
): string | undefined {
  if (!/^[a-z][a-z0-9_-]{0,127}$/i.test(name) || name.toLowerCase() === 'host') {
    return `'${name}' is not a valid function name.`;
  }
  if (earlier.some((other) => other.shown.name.toLowerCase() === name.toLowerCase())) {
    return `A function named '${name}' exists already, but for its case.`;
  }
  if (kind !== 'http') return undefined;
  const bare = route.replace(/^\/+|\/+$/g, '').toLowerCase();
  if (bare.startsWith('admin') || bare.startsWith('runtime')) {
    return "The specified route conflicts with one or more built in routes: it must not start with 'admin' or 'runtime'.";
  }
  const rival = earlier.find(
    (other) =>
      other.kind === 'http' &&
      other.isRunnable &&
      routeOf(other.shown.name, other.triggerBinding)
        .replace(/^\/+|\/+$/g, '')
        .toLowerCase() === bare &&
      other.shown.methods.some((method) => methods.includes(method)),
  );
  if (rival === undefined) return undefined;
  return `The route specified conflicts with the route defined by function '${rival.shown.name}'.`;
}

function findScheduleProblem(
  binding: Binding,
  settings: Readonly<Record<string, string>>,
): string | undefined {
  try {
    scheduleOf(binding, settings);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function toTemplate(name: string, routePrefix: string, route: string): RouteTemplate {
  try {
    return parseRouteTemplate(joinRoute(routePrefix, route));
  } catch (error) {
    throw new FunctionIndexError(
      `The host cannot start because of function '${name}'. ${messageOf(error)}`,
      { cause: error },
    );
  }
}

function joinRoute(prefix: string, route: string): string {
  return prefix === '' ? route : `${prefix}/${route}`;
}

function isTrigger(binding: Binding): boolean {
  return typeof binding['type'] === 'string' && /trigger$/i.test(binding['type']);
}

function kindOf(type: string): IndexedFunction['kind'] {
  switch (type.toLowerCase()) {
    case 'httptrigger':
      return 'http';
    case 'timertrigger':
      return 'timer';
    case 'warmuptrigger':
      return 'warmup';
    default:
      return 'other';
  }
}

function routeOf(name: string, binding: Binding): string {
  const { route } = binding;
  return typeof route === 'string' && route !== '' ? route : name;
}

function methodsOf(binding: Binding): readonly string[] {
  const { methods } = binding;
  return Array.isArray(methods) ? methods.map((method) => String(method).toUpperCase()) : [];
}

function authLevelOf(binding: Binding): AuthLevel {
  const level = textOf(binding['authLevel']).toLowerCase();
  return level === 'anonymous' || level === 'system' || level === 'admin' ? level : 'function';
}

function isDisabled(name: string, settings: Readonly<Record<string, string>>): boolean {
  const names = new Set(
    [`azurewebjobs.${name}.disabled`, `azurewebjobs__${name}__disabled`].map((key) =>
      key.toLowerCase(),
    ),
  );
  return Object.entries(settings).some(
    ([key, value]) => names.has(key.toLowerCase()) && /^(?:1|true)$/i.test(value.trim()),
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
