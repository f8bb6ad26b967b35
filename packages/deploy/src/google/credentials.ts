import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { CredentialsError } from '../engine/errors.ts';
import { redactor } from '../engine/redact.ts';

/** Application Default Credentials, before any of them was used. */
export interface FoundCredentials {
  /** Where they were found, for people to read. */
  readonly where: string;
  /** The file; null for the metadata server of a machine at Google. */
  readonly file: string | null;
  /** Such as `service_account`; null where there is no file to say it. */
  readonly type: string | null;
  /** The project that they name. */
  readonly project: string | null;
}

/** Gives the header that a call needs. */
export type Authorize = () => Promise<Readonly<Record<string, string>>>;

type Env = Readonly<Record<string, string | undefined>>;

/** The command that gives credentials to whoever has none. */
export const signIn = 'gcloud auth application-default login';

const CredentialsFile = v.object({
  type: v.string(),
  project_id: v.nullish(v.string()),
  quota_project_id: v.nullish(v.string()),
});

/**
 * Looks where Application Default Credentials may be, in their order
 * (https://cloud.google.com/docs/authentication/application-default-credentials, 2026-11-22); null when there are none.
 *
 * @throws {CredentialsError} for a file that is named and cannot be used.
 */
export async function findCredentials(env: Env): Promise<FoundCredentials | null> {
  const named = env['GOOGLE_APPLICATION_CREDENTIALS'];
  if (named !== undefined && named !== '') {
    return fromFile(named, `GOOGLE_APPLICATION_CREDENTIALS, ${named}`);
  }
  const wellKnown = join(configFolder(env), 'application_default_credentials.json');
  const found = await fromFile(wellKnown, `gcloud’s login, ${wellKnown}`).catch(
    (error: unknown) => {
      if (isMissing(error)) return null;
      throw error;
    },
  );
  if (found !== null) return found;
  if (!(await isMachineAtGoogle(env))) return null;
  return { where: 'the metadata server of this machine', file: null, type: null, project: null };
}

/** No credentials anywhere. */
export function noCredentials(): CredentialsError {
  return new CredentialsError(
    'google',
    'no Application Default Credentials: GOOGLE_APPLICATION_CREDENTIALS is not set, gcloud has left none, and this is no machine at Google',
    { hint: signIn },
  );
}

async function fromFile(file: string, where: string): Promise<FoundCredentials> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CredentialsError('google', `the credentials of ${where} cannot be read`, {
      hint: signIn,
      ...(isMissing(error) && { cause: missing }),
    });
  });
  const parsed = v.safeParse(CredentialsFile, parseOrNull(text));
  if (!parsed.success) {
    const problem = `the credentials of ${where} are not JSON with a "type"`;
    throw new CredentialsError('google', problem, { hint: signIn });
  }
  const { type, project_id: project, quota_project_id: quotaProject } = parsed.output;
  return { where, file, type, project: project ?? quotaProject ?? null };
}

const missing = 'no such file';

function isMissing(error: unknown): boolean {
  if (error instanceof CredentialsError) return error.cause === missing;
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Node's own message would quote the file. */
function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function configFolder(env: Env): string {
  if (env['CLOUDSDK_CONFIG']) return env['CLOUDSDK_CONFIG'];
  if (process.platform === 'win32' && env['APPDATA']) return join(env['APPDATA'], 'gcloud');
  return join(env['HOME'] ?? homedir(), '.config', 'gcloud');
}

// As the official client finds out, without its three seconds of asking the network
// (https://github.com/googleapis/google-cloud-node-core/tree/main/packages/gcp-metadata, 2026-11-22).
async function isMachineAtGoogle(env: Env): Promise<boolean> {
  if (env['METADATA_SERVER_DETECTION'] === 'none') return false;
  if (env['GCE_METADATA_HOST'] || env['GCE_METADATA_IP'] || env['K_SERVICE']) return true;
  const vendor = await readFile('/sys/class/dmi/id/bios_vendor', 'utf8').catch(() => '');
  return vendor.startsWith('Google');
}

/** The project of a machine at Google; null where its metadata server does not tell. */
export async function machineProject(): Promise<string | null> {
  const { gcpMetadata } = await import('google-auth-library');
  const told: unknown = await gcpMetadata.project('project-id').catch(() => null);
  return typeof told === 'string' ? told : null;
}

const scope = 'https://www.googleapis.com/auth/cloud-platform';
const longestMs = 30_000;

/** Opens the credentials: the official clients take `auth`, everything else `authorize`. */
export async function openCredentials(found: FoundCredentials) {
  const { Compute, GoogleAuth } = await import('google-auth-library');
  const auth = new GoogleAuth({
    scopes: scope,
    ...(found.file === null
      ? { authClient: new Compute({ scopes: scope }) }
      : { keyFilename: found.file }),
  });
  // A service account signs its own token, without a call to get one
  // (https://google.aip.dev/auth/4111, 2026-11-22).
  auth.useJWTAccessWithScope = true;
  const authorize: Authorize = () =>
    bounded(async () => {
      const client = await auth.getClient();
      const headers = await client.getRequestHeaders();
      return Object.fromEntries(headers.entries());
    }, found);
  return { auth, authorize };
}

async function bounded<T>(action: () => Promise<T>, found: FoundCredentials): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no token within ${longestMs / 1000} s`)), longestMs);
  });
  try {
    return await Promise.race([action(), timeout]);
  } catch (error) {
    throw refused(error, found);
  } finally {
    clearTimeout(timer);
  }
}

const TokenRefusal = v.object({
  response: v.object({
    data: v.object({ error: v.string(), error_description: v.optional(v.string()) }),
  }),
});

/** The client's own error carries the request, and with it the credentials: only what was said is kept. */
function refused(error: unknown, { where }: FoundCredentials): CredentialsError {
  const parsed = v.safeParse(TokenRefusal, error);
  const message = error instanceof Error ? error.message : String(error);
  const said = parsed.success
    ? [parsed.output.response.data.error, parsed.output.response.data.error_description]
    : [message];
  const text = redactor()(said.filter((part) => part !== undefined).join(': '));
  return new CredentialsError('google', `the credentials of ${where} give no token: ${text}`, {
    hint: signIn,
  });
}
