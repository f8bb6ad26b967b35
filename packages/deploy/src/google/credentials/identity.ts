import type { GoogleAuthOptions } from 'google-auth-library';
import * as v from 'valibot';
import { createFetch } from '../../engine/proxy.ts';
import type { Run } from '../../engine/run.ts';
import { TransportError } from '../../engine/transport-error.ts';
import { TokenError } from '../errors/errors.ts';
import type { FoundCredentials } from './find-credentials.ts';

/** Who sends the requests. */
export interface Identity {
  /** The headers that a request of a Google API needs. */
  authorize(): Promise<Readonly<Record<string, string>>>;
  /** The deployer as a member of IAM, such as `user:ada@example.com`; null where it is unknown. */
  member(): Promise<string | null>;
  /** An ID token for a service; null where these credentials give none themselves. */
  idToken(audience: string): Promise<string | null>;
}

const scope = 'https://www.googleapis.com/auth/cloud-platform';

/** Opens credentials with the official library, whose requests go the way of all others. */
export async function openIdentity(found: FoundCredentials, run: Run): Promise<Identity> {
  const { Compute, gcpMetadata, GoogleAuth, OAuth2Client } = await import('google-auth-library');
  const transporterOptions = { fetchImplementation: fetchOf(run) };
  const options: GoogleAuthOptions =
    found.file === null
      ? { authClient: new Compute({ scopes: scope, transporterOptions }) }
      : { keyFilename: found.file, clientOptions: { transporterOptions } };
  const auth = new GoogleAuth({ ...options, scopes: scope });
  // A service account signs its own token, without a request for one
  // (https://google.aip.dev/auth/4111, 2026-11-22).
  auth.useJWTAccessWithScope = true;
  const orRefused = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      run.signal.throwIfAborted();
      throw transportErrorOf(error) ?? refused(error, found, run);
    }
  };
  return {
    authorize: () =>
      orRefused(async () => {
        const client = await auth.getClient();
        return Object.fromEntries((await client.getRequestHeaders()).entries());
      }),
    member: () =>
      orRefused(async () => {
        if (found.email !== null) return `serviceAccount:${found.email}`;
        if (found.file === null) {
          const email = await gcpMetadata.instance<string>('service-accounts/default/email');
          return `serviceAccount:${email}`;
        }
        const client = await auth.getClient();
        const { token } = await client.getAccessToken();
        if (!token || !(client instanceof OAuth2Client)) return null;
        const { email } = await client.getTokenInfo(token);
        return email === undefined ? null : `user:${email}`;
      }),
    idToken: (audience) =>
      orRefused(async () => {
        const client = await auth.getClient();
        if (!('fetchIdToken' in client)) return null;
        return client.fetchIdToken(audience);
      }),
  };
}

/** The environment's proxy and the run's end for the library's requests; a token fits into memory. */
function fetchOf({ env, signal, timing }: Run): typeof fetch {
  const send = createFetch(env);
  return async (input, init) => {
    const { url, method, headers, body } = new Request(input, init);
    const response = await send(url, {
      method,
      headers: Object.fromEntries(headers),
      body: body === null ? null : await new Response(body).text(),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timing.requestMs)]),
    });
    const { status, statusText } = response;
    const bytes = await response.arrayBuffer();
    return new Response(bytes.byteLength === 0 ? null : bytes, {
      status,
      statusText,
      headers: Object.fromEntries(response.headers),
    });
  };
}

/** The failure of the way to the token service, which says nothing of the credentials; null where there is an answer. */
function transportErrorOf(error: unknown): TransportError | null {
  if (error instanceof TransportError) return error;
  return error instanceof Error ? transportErrorOf(error.cause) : null;
}

const Refusal = v.object({
  response: v.object({
    status: v.number(),
    data: v.fallback(
      v.object({ error: v.string(), error_description: v.optional(v.string(), '') }),
      { error: '', error_description: '' },
    ),
  }),
});

/** The library's own error carries the request, and with it the credentials: only what was said is kept. */
function refused(error: unknown, { where }: FoundCredentials, { redact }: Run): TokenError {
  return new TokenError(redact(`the credentials of ${where} give no token: ${reasonOf(error)}`));
}

function reasonOf(error: unknown): string {
  const { success, output } = v.safeParse(Refusal, error);
  if (success) {
    const { status, data } = output.response;
    const said = [data.error, data.error_description].filter((text) => text !== '').join(': ');
    return said || `the token service answered with status ${status}`;
  }
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
