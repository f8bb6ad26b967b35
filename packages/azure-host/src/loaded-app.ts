import { type IndexedFunction, indexFunctions } from './function-index.ts';
import type { CorsRules } from './http/cors.ts';
import { createThrottle, type Throttle } from './http/throttle.ts';
import type { Loaded } from './messages.ts';
import type { AppSettings } from './settings/app-settings.ts';

/** An app as the host serves it: its settings and what it registered. A restart replaces it as a whole. */
export interface LoadedApp {
  readonly settings: AppSettings;
  readonly functions: readonly IndexedFunction[];
  /** Where the library listens for streamed requests, if the app streams. */
  readonly httpUri: string | undefined;
  /** `customHeaders` of host.json as name, value, name, value. */
  readonly customHeaders: readonly string[];
  readonly cors: CorsRules;
  readonly throttle: Throttle;
  readonly bodyLimitBytes: number;
}

/** Azure's limit for a body; larger ones fail with 500 (https://github.com/Azure/azure-functions-host/issues/10519). */
const defaultBodyLimitBytes = 104_857_600;

/** The app with these settings, and no functions until it is loaded. Throws where Azure's host would not start. */
export function toLoadedApp(settings: AppSettings, loaded?: Loaded): LoadedApp {
  const { host, local, env } = settings;
  const bodyLimit = Number(env['FUNCTIONS_REQUEST_BODY_SIZE_LIMIT'] ?? '');
  return {
    settings,
    functions: loaded === undefined ? [] : indexFunctions(loaded, host.routePrefix, env),
    httpUri: loaded?.httpUri,
    customHeaders: [...host.customHeaders].flat(),
    cors: { origins: local.corsOrigins, credentials: local.corsCredentials },
    throttle: createThrottle(host.maxConcurrentRequests, host.maxOutstandingRequests),
    bodyLimitBytes:
      Number.isSafeInteger(bodyLimit) && bodyLimit > 0 ? bodyLimit : defaultBodyLimitBytes,
  };
}
