import { type CorsOrigins, parseCorsOrigins } from './cors.ts';

/** Where there is an environment it is called `process.env`; the web's own platforms have none. */
interface MaybeProcess {
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
}

/** The origins in `TRICLOUD_CORS_ORIGINS`; none if it is unset, empty, or there is no environment. */
export function corsOriginsFromEnvironment(scope: MaybeProcess = globalThis): CorsOrigins {
  return parseCorsOrigins(scope.process?.env?.['TRICLOUD_CORS_ORIGINS'] ?? '');
}
