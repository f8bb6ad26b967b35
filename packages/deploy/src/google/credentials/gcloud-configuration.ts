import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Env } from '../../engine/deploy-context.ts';
import { readIni } from '../../engine/ini.ts';

/** A property of gcloud's, and where it is set. */
export interface FoundProperty {
  readonly value: string;
  /** Such as `CLOUDSDK_RUN_REGION` or `run/region in gcloud’s configuration default`. */
  readonly source: string;
}

/**
 * The first of gcloud's properties that is set, such as `run/region`: each in its variable before the active
 * configuration (https://cloud.google.com/sdk/docs/properties, 2026-12-01). Null where none is.
 */
export async function findProperty(
  env: Env,
  ...properties: readonly `${string}/${string}`[]
): Promise<FoundProperty | null> {
  const { name, sections } = await readActiveConfiguration(env);
  for (const property of properties) {
    const variable = `CLOUDSDK_${property.replace('/', '_').toUpperCase()}`;
    const fromVariable = env[variable];
    if (fromVariable) return { value: fromVariable, source: variable };
    const [section = '', key = ''] = property.split('/');
    const value = sections.get(section)?.get(key);
    if (value) return { value, source: `${property} in gcloud’s configuration ${name}` };
  }
  return null;
}

/** Folder of gcloud's configurations and logins. */
export function configFolder(env: Env): string {
  if (env['CLOUDSDK_CONFIG']) return env['CLOUDSDK_CONFIG'];
  if (process.platform === 'win32' && env['APPDATA']) return join(env['APPDATA'], 'gcloud');
  return join(env['HOME'] ?? homedir(), '.config', 'gcloud');
}

async function readActiveConfiguration(env: Env) {
  const folder = configFolder(env);
  const active = await readFile(join(folder, 'active_config'), 'utf8').catch(() => '');
  const name = env['CLOUDSDK_ACTIVE_CONFIG_NAME'] || active.trim() || 'default';
  return { name, sections: await readIni(join(folder, 'configurations', `config_${name}`)) };
}
