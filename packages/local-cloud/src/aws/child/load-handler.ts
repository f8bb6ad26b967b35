import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { streaming } from './response-stream.ts';

/** A function that a module exports, and what its kind is. */
export interface LoadedHandler {
  readonly call: (...args: readonly unknown[]) => unknown;
  /** Number of parameters that it declares: three make a handler with a callback. */
  readonly arity: number;
  readonly isStreaming: boolean;
}

/** Imports what `_HANDLER` names, such as `index.handler` or `dir/file.nested.handler`. */
export async function loadHandler(taskRoot: string, name: string): Promise<LoadedHandler> {
  const match = /^(?<file>(?:.*\/)?[^./]+)\.(?<path>.+)$/.exec(name);
  if (match?.groups === undefined) throw named('Runtime.MalformedHandlerName', 'Bad handler');
  const base = path.resolve(taskRoot, match.groups['file'] ?? '');
  const file = ['', '.js', '.mjs', '.cjs'].map((ending) => base + ending).find(existsSync);
  if (file === undefined) {
    throw named('Runtime.ImportModuleError', `Error: Cannot find module '${match.groups['file']}'`);
  }
  let value: unknown = await import(pathToFileURL(file).href);
  for (const key of (match.groups['path'] ?? '').split('.')) value = member(value, key);
  if (typeof value !== 'function') {
    throw named('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  }
  const found = value;
  return {
    call: (...args) => Reflect.apply(found, undefined, args),
    arity: found.length,
    isStreaming: member(found, streaming) === 'response',
  };
}

function member(value: unknown, key: string | symbol): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null)
    return undefined;
  const found: unknown = Reflect.get(value, key);
  return found;
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
