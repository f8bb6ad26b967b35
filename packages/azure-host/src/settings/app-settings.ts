import { readHostJson, type HostJson } from './host-json.ts';
import { readLocalSettings, type LocalSettings } from './local-settings.ts';

/** Everything an app's files and the environment say before it is loaded. */
export interface AppSettings {
  readonly host: HostJson;
  readonly local: LocalSettings;
  /** The environment of the worker, but for what depends on the port. */
  readonly env: Readonly<Record<string, string>>;
  /** Warnings for the developer. */
  readonly warnings: readonly string[];
}

/**
 * Reads the app's settings. An environment variable that is set and not empty wins over
 * `local.settings.json` as in Core Tools; `extra` wins over both.
 */
export function readAppSettings(
  appDir: string,
  extra: Readonly<Record<string, string>>,
): AppSettings {
  const local = readLocalSettings(appDir);
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined) env[name] = value;
  }
  const warnings: string[] = [];
  for (const [name, value] of Object.entries(local.values)) {
    const existing = extra[name] ?? env[name];
    if (existing === undefined || existing === '') env[name] = value;
    else if (existing !== value) {
      warnings.push(
        `Skipping '${name}' from local.settings.json: it is already set in the environment.`,
      );
    }
  }
  Object.assign(env, extra, {
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    AzureWebJobsScriptRoot: appDir,
    FUNCTIONS_WORKER_RUNTIME: 'node',
    FUNCTIONS_EXTENSION_VERSION: '~4',
    FUNCTIONS_CORETOOLS_ENVIRONMENT: 'True',
  });
  return { host: readHostJson(appDir, env), local, env, warnings };
}
