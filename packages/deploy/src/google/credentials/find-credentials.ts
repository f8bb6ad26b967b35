import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Env } from '../../engine/deploy-context.ts';
import { CredentialsError, DeployError, MissingCredentialsError } from '../../engine/errors.ts';
import type { Target } from '../../engine/target.ts';
import { signIn } from '../errors/errors.ts';
import { projectPattern } from '../template/names.ts';
import { configFolder, findProperty } from './gcloud-configuration.ts';

/** Application Default Credentials that have not been used yet. */
export interface FoundCredentials {
  /** Where they were found, for people to read. */
  readonly where: string;
  /** The file; null for the metadata server of a machine at Google. */
  readonly file: string | null;
  /** Such as `service_account`; null without a file. */
  readonly type: string | null;
  /** Email of the service account that the file names, itself or to be impersonated. */
  readonly email: string | null;
  readonly project: string | null;
  readonly quotaProject: string | null;
}

const CredentialsFile = v.object({
  type: v.string(),
  client_email: v.nullish(v.string()),
  service_account_impersonation_url: v.nullish(v.string()),
  project_id: v.nullish(v.string()),
  quota_project_id: v.nullish(v.string()),
});

/**
 * Looks for Application Default Credentials in their documented order
 * (https://cloud.google.com/docs/authentication/application-default-credentials, 2026-11-22).
 *
 * @throws {CredentialsError} for a file that cannot be used, and where there are none at all.
 */
export async function findCredentials(env: Env): Promise<FoundCredentials> {
  const named = env['GOOGLE_APPLICATION_CREDENTIALS'];
  if (named) return fromFile(named, `GOOGLE_APPLICATION_CREDENTIALS, ${named}`);
  const wellKnown = join(configFolder(env), 'application_default_credentials.json');
  if (existsSync(wellKnown)) return fromFile(wellKnown, `gcloud’s login, ${wellKnown}`);
  if (await isMachineAtGoogle(env)) {
    const where = 'the metadata server of this machine';
    return { where, file: null, type: null, email: null, project: null, quotaProject: null };
  }
  throw new MissingCredentialsError(
    'google',
    'no Application Default Credentials: GOOGLE_APPLICATION_CREDENTIALS is not set, gcloud has no login, and this machine is not at Google',
    { hint: signIn },
  );
}

async function fromFile(file: string, where: string): Promise<FoundCredentials> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CredentialsError('google', `the credentials of ${where} cannot be read`, {
      hint: signIn,
    });
  });
  const parsed = v.safeParse(CredentialsFile, parseOrNull(text));
  if (!parsed.success) {
    const problem = `the credentials of ${where} are not JSON with a "type"`;
    throw new CredentialsError('google', problem, { hint: signIn });
  }
  const { type, client_email: own, service_account_impersonation_url: url } = parsed.output;
  const impersonated = /\/serviceAccounts\/([^/:]+)/.exec(url ?? '')?.[1];
  return {
    where,
    file,
    type,
    email: impersonated ?? own ?? null,
    project: parsed.output.project_id ?? null,
    quotaProject: parsed.output.quota_project_id ?? null,
  };
}

/** Node's own message would quote the file. */
function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Only a machine at Google, or one that names a metadata server, is asked for its credentials: elsewhere the address
 * may lead anywhere. https://cloud.google.com/compute/docs/instances/detect-compute-engine (2026-11-22)
 */
async function isMachineAtGoogle(env: Env): Promise<boolean> {
  if (env['METADATA_SERVER_DETECTION'] === 'none') return false;
  if (env['GCE_METADATA_HOST'] || env['GCE_METADATA_IP'] || env['K_SERVICE']) return true;
  const vendor = await readFile('/sys/class/dmi/id/bios_vendor', 'utf8').catch(() => '');
  return vendor.startsWith('Google');
}

/** The project that a target, the environment, the credentials or gcloud's configuration names, in this order. */
export async function findProject(
  { account }: Pick<Target, 'account'>,
  env: Env,
  found: FoundCredentials | null,
): Promise<string | null> {
  const variables = ['GOOGLE_CLOUD_PROJECT', 'GCLOUD_PROJECT', 'CLOUDSDK_CORE_PROJECT'];
  const configured = await findProperty(env, 'core/project');
  const named = [
    account,
    ...variables.map((name) => env[name]),
    found?.project,
    configured?.value,
    found?.quotaProject,
  ];
  return named.find(Boolean) ?? null;
}

/** The project of a deployment. */
export async function requireProject(
  target: Pick<Target, 'account'>,
  env: Env,
  found: FoundCredentials,
): Promise<string> {
  const named = await findProject(target, env, found);
  const project = named ?? (found.file === null ? await machineProject() : null);
  if (project === null) {
    throw new DeployError('google', 'no project is named, and the credentials name none', {
      hint: 'gcloud config set project PROJECT_ID',
    });
  }
  if (!projectPattern.test(project)) {
    throw new DeployError('google', `${JSON.stringify(project)} is not a project id`, {
      hint: 'gcloud projects list',
    });
  }
  return project;
}

async function machineProject(): Promise<string | null> {
  const { gcpMetadata } = await import('google-auth-library');
  const project: unknown = await gcpMetadata.project('project-id').catch(() => null);
  return typeof project === 'string' ? project : null;
}
