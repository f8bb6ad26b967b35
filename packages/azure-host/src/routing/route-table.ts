import type { IndexedFunction } from '../function-index.ts';
import { matchRoute, type RouteValues } from './match.ts';

/** The function that a request belongs to. */
export interface RouteMatch {
  readonly target: IndexedFunction;
  readonly params: RouteValues;
}

/**
 * The first function, in the order of their names, whose route and methods fit. Azure's host has no
 * precedence of fixed text over parameters (https://github.com/Azure/azure-functions-host/issues/3153).
 */
export function findRoute(
  functions: readonly IndexedFunction[],
  method: string,
  path: string,
): RouteMatch | undefined {
  for (const target of functions) {
    if (target.template === undefined || !target.shown.methods.includes(method)) continue;
    const params = matchRoute(target.template, path);
    if (params !== undefined) return { target, params };
  }
  return undefined;
}
