import type { DeployContext } from '../engine/cloud.ts';
import { DeployError } from '../engine/errors.ts';
import type { Target } from '../engine/target.ts';
import {
  type FoundCredentials,
  findCredentials,
  machineProject,
  noCredentials,
  openCredentials,
} from './credentials.ts';
import { type Endpoints, endpointsOf } from './endpoints.ts';
import { type FunctionsApi, openFunctionsApi } from './functions-api.ts';
import { type Names, namesOf } from './names.ts';
import type { Pace } from './pace.ts';
import { createRest, type Rest } from './rest.ts';

/** A target, and what its provider is spoken to with. */
export interface Session {
  readonly target: Target;
  readonly context: DeployContext;
  readonly names: Names;
  readonly endpoints: Endpoints;
  readonly functions: FunctionsApi;
  readonly rest: Rest;
  readonly pace: Pace;
}

/** Credentials, a project, and the clients. */
export async function openSession(
  target: Target,
  context: DeployContext,
  pace: Pace,
): Promise<Session> {
  const { env, signal } = context;
  signal.throwIfAborted();
  const endpoints = endpointsOf(env);
  const found = await findCredentials(env);
  if (found === null) throw noCredentials();
  const names = namesOf(target, await projectOf(target, env, found));
  const { auth, authorize } = await openCredentials(found);
  // Before anything else, so that credentials that are no good say so in their own words.
  await authorize();
  const functions = await openFunctionsApi({
    names,
    endpoint: endpoints.cloudfunctions,
    auth,
    authorize,
    pace,
    signal,
  });
  const rest = createRest(endpoints, authorize, { pace, signal });
  return { target, context, names, endpoints, functions, rest, pace };
}

/** The project that was asked for, or that the context name. */
export async function projectOf(
  { account }: Pick<Target, 'account'>,
  env: DeployContext['env'],
  { file, project: own }: FoundCredentials,
): Promise<string> {
  const named = namedProject(account, env);
  const project = named ?? (file === null ? await machineProject() : own);
  if (project === null) {
    throw new DeployError('google', 'no project is named, and the credentials name none', {
      hint: 'add --project ID, or export GOOGLE_CLOUD_PROJECT=ID',
    });
  }
  if (!projectPattern.test(project)) {
    throw new DeployError('google', `${JSON.stringify(project)} is no project id`, {
      hint: 'gcloud projects list',
    });
  }
  return project;
}

/** The project of the command line or of the environment; null where neither names one. */
export function namedProject(account: string | null, env: DeployContext['env']): string | null {
  const { GOOGLE_CLOUD_PROJECT, GCLOUD_PROJECT, CLOUDSDK_CORE_PROJECT } = env;
  return account ?? (GOOGLE_CLOUD_PROJECT || GCLOUD_PROJECT || CLOUDSDK_CORE_PROJECT || null);
}

/** https://cloud.google.com/resource-manager/docs/creating-managing-projects (2026-11-22). */
export const projectPattern = /^(?:[a-z0-9][a-z0-9.-]*[a-z0-9]:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;
