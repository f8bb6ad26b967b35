import type { HostFunction } from './host-types.ts';
import type { Binding, Loaded, RegisteredFunction } from './messages.ts';
import { messageOf } from './narrow.ts';
import { scheduleOf } from './timers/timer-schedule.ts';
import { parseRouteTemplate, type RouteTemplate } from './routing/template.ts';

/** What the caller of a function must prove. */
export type AuthLevel = 'anonymous' | 'function' | 'system' | 'admin';

/** A function that requests, timers or the admin API can start. */
export interface IndexedFunction {
  readonly registered: RegisteredFunction;
  readonly shown: HostFunction;
  readonly triggerBinding: Binding;
  readonly kind: 'http' | 'timer' | 'warmup' | 'other';
  readonly authLevel: AuthLevel;
  readonly template?: RouteTemplate;
  /** Whether the host may start it at all. */
  readonly isRunnable: boolean;
  /** Names of bindings besides the trigger and the HTTP answer. */
  readonly otherBindings: readonly string[];
}

/** Thrown when a route makes Azure's host fail to start as a whole. */
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
  const trigger = Object.entries(bindings).find(([, binding]) => isTrigger(binding));
  const triggerBinding = trigger?.[1] ?? {};
  const type = textOf(triggerBinding['type']);
  const kind = kindOf(type);
  const base = {
    name,
    trigger: type,
    methods: kind === 'http' ? methodsOf(triggerBinding) : [],
    isDisabled: isDisabled(name, settings),
  };
  const route = routeOf(name, triggerBinding);
  const problem =
    findProblem(registered, kind, route, base.methods, earlier) ??
    (kind === 'timer' ? findScheduleProblem(triggerBinding, settings) : undefined);
  const template =
    kind === 'http' && problem === undefined ? toTemplate(name, routePrefix, route) : undefined;
  const error =
    problem ??
    (kind === 'other'
      ? `${type} needs an extension that does not run here; start the function with POST /admin/functions/${name}.`
      : undefined);
  const shown: HostFunction = {
    ...base,
    ...(kind === 'http' && { route: joinRoute(routePrefix, route) }),
    ...(error !== undefined && { error }),
  };
  const result = {
    registered,
    shown,
    triggerBinding,
    kind,
    authLevel: authLevelOf(triggerBinding),
    isRunnable: problem === undefined,
    otherBindings: Object.entries(bindings)
      .filter(([key, binding]) => key !== trigger?.[0] && binding['type'] !== 'http')
      .map(([key, binding]) => `${key} (${textOf(binding['type'])})`),
  };
  return template === undefined ? result : { ...result, template };
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
