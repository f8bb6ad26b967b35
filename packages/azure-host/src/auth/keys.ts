import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AuthLevel } from '../function-index.ts';
import { fieldOf, isRecord } from '../narrow.ts';

/** Keys by their names. */
export type NamedKeys = Map<string, string>;

/** The keys of an app, as Azure has them. */
export interface Keys {
  master: string;
  readonly functionKeys: NamedKeys;
  readonly systemKeys: NamedKeys;
  /** Keys of single functions, by the function's name in lower case. */
  readonly ofFunctions: Map<string, NamedKeys>;
  /** Keeps a change. */
  save(): void;
}

/** A new key: 32 random bytes, as long as Azure's. */
export function newKey(): string {
  return randomBytes(32).toString('base64url');
}

/** Reads the keys from a file that only its owner may read, or makes them. */
export function openKeys(path: string): Keys {
  const stored = readStored(path);
  const keys: Keys = {
    master: textOf(fieldOf(stored, 'master')) ?? newKey(),
    functionKeys: toNamed(fieldOf(stored, 'functionKeys')),
    systemKeys: toNamed(fieldOf(stored, 'systemKeys')),
    ofFunctions: new Map(),
    save() {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, toJson(keys), { mode: 0o600 });
    },
  };
  const functions = fieldOf(stored, 'functions');
  if (isRecord(functions)) {
    for (const [name, named] of Object.entries(functions)) {
      keys.ofFunctions.set(name, toNamed(named));
    }
  }
  if (keys.functionKeys.size === 0) keys.functionKeys.set('default', newKey());
  keys.save();
  return keys;
}

/** The level that a key grants for a function (or for the admin API, if none is named). */
export function levelOfKey(keys: Keys, key: string | undefined, functionName?: string): AuthLevel {
  if (key === undefined || key === '') return 'anonymous';
  if (isSame(key, keys.master)) return 'admin';
  const own =
    functionName === undefined ? undefined : keys.ofFunctions.get(functionName.toLowerCase());
  const functionKeys = [...keys.functionKeys.values(), ...(own?.values() ?? [])];
  if (functionKeys.some((other) => isSame(key, other))) return 'function';
  return [...keys.systemKeys.values()].some((other) => isSame(key, other)) ? 'system' : 'anonymous';
}

/** A level is proven by itself or by admin, and by nothing between (AuthUtility.cs of Azure's host). */
export function isAllowed(required: AuthLevel, proven: AuthLevel): boolean {
  return required === 'anonymous' || proven === 'admin' || proven === required;
}

function isSame(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function readStored(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function toNamed(value: unknown): NamedKeys {
  const named: NamedKeys = new Map();
  if (!isRecord(value)) return named;
  for (const [name, key] of Object.entries(value)) {
    if (typeof key === 'string' && key !== '') named.set(name, key);
  }
  return named;
}

function toJson(keys: Keys): string {
  const functions = Object.fromEntries(
    [...keys.ofFunctions].map(([name, named]) => [name, Object.fromEntries(named)]),
  );
  const stored = {
    master: keys.master,
    functionKeys: Object.fromEntries(keys.functionKeys),
    systemKeys: Object.fromEntries(keys.systemKeys),
    functions,
  };
  return `${JSON.stringify(stored, undefined, 2)}\n`;
}
