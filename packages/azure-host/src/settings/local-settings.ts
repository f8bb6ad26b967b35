import { join } from 'node:path';
import { fieldOf, isRecord } from '../narrow.ts';
import { readJsonFile } from './read-json-file.ts';
import { SettingsError } from './settings-error.ts';

/** The content of `local.settings.json`. */
export interface LocalSettings {
  readonly values: Readonly<Record<string, string>>;
  /** `Host.LocalHttpPort`. */
  readonly port?: number | undefined;
  /** `Host.CORS`: the allowed origins, or `*`. */
  readonly corsOrigins: readonly string[];
  /** `Host.CORSCredentials`. */
  readonly corsCredentials: boolean;
}

/** Reads `local.settings.json` of an app; a missing file means nothing is set. */
export function readLocalSettings(appDir: string): LocalSettings {
  const path = join(appDir, 'local.settings.json');
  const file = readJsonFile(path);
  if (fieldOf(file, 'IsEncrypted') === true) {
    throw new SettingsError(
      `${path} is encrypted; decrypt it with 'func settings decrypt' or set "IsEncrypted": false.`,
    );
  }
  const host = fieldOf(file, 'Host');
  return {
    values: { ...toValues(fieldOf(file, 'Values'), path), ...toConnections(file) },
    corsOrigins: toOrigins(fieldOf(host, 'CORS'), path),
    corsCredentials: isTrue(fieldOf(host, 'CORSCredentials')),
    port: toPort(fieldOf(host, 'LocalHttpPort'), path),
  };
}

function toValues(values: unknown, path: string): Record<string, string> {
  if (values === undefined || values === null) return {};
  if (!isRecord(values)) throw new SettingsError(`"Values" in ${path} must be an object.`);
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string') texts[name] = value;
    else if (typeof value === 'number' || typeof value === 'boolean') texts[name] = String(value);
    else if (value !== null) {
      throw new SettingsError(
        `"Values.${name}" in ${path} must be a string; objects and lists do not fit into a setting.`,
      );
    }
  }
  return texts;
}

/** Core Tools passes connection strings on as `ConnectionStrings:NAME`. */
function toConnections(file: unknown): Record<string, string> {
  const strings = fieldOf(file, 'ConnectionStrings');
  const settings: Record<string, string> = {};
  if (!isRecord(strings)) return settings;
  for (const [name, value] of Object.entries(strings)) {
    const text = typeof value === 'string' ? value : fieldOf(value, 'ConnectionString');
    if (typeof text === 'string') settings[`ConnectionStrings:${name}`] = text;
  }
  return settings;
}

function toPort(value: unknown, path: string): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const port = Number(value);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new SettingsError(
    `"Host.LocalHttpPort" in ${path} must be a port from 1 to 65535; it is ${JSON.stringify(value)}.`,
  );
}

function toOrigins(value: unknown, path: string): readonly string[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'string') {
    throw new SettingsError(`"Host.CORS" in ${path} must be "*" or origins with commas between.`);
  }
  return value
    .split(',')
    .map((origin) => origin.trim().replace(/\/$/, ''))
    .filter((origin) => origin !== '');
}

function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}
