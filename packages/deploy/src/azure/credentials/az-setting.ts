import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Env } from '../../engine/deploy-context.ts';
import { readIni } from '../../engine/ini.ts';

/**
 * Reads a value of the Azure CLI's configuration, and where it is: the variable AZURE_SECTION_NAME before the file,
 * https://learn.microsoft.com/cli/azure/azure-cli-configuration (2026-11-22).
 */
export async function readAzSetting(
  env: Env,
  section: string,
  name: string,
): Promise<{ readonly value: string; readonly source: string } | null> {
  const variable = `AZURE_${section}_${name}`.toUpperCase();
  const given = env[variable]?.trim();
  if (given) return { value: given, source: variable };
  const folder = env['AZURE_CONFIG_DIR']?.trim() || join(env['HOME'] ?? homedir(), '.azure');
  const path = join(folder, 'config');
  const value = (await readIni(path)).get(section)?.get(name);
  return value ? { value, source: `${section}.${name} in ${path}` } : null;
}
