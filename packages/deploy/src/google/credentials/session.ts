import type { Run } from '../../engine/run.ts';
import { type Names, namesOf } from '../template/names.ts';
import { type Endpoints, endpointsOf } from './endpoints.ts';
import { type FoundCredentials, findCredentials, requireProject } from './find-credentials.ts';
import { createGoogleApi, type GoogleApi } from './google-api.ts';
import { type Identity, openIdentity } from './identity.ts';

/** A run with the names of its resources, and with Google's APIs. */
export interface GoogleSession extends Run {
  readonly names: Names;
  readonly endpoints: Endpoints;
  readonly identity: Identity;
  readonly api: GoogleApi;
  /** Email of the service account that the credentials name; null for a person. */
  readonly email: string | null;
}

/** Opens a session with the credentials that are known, or with those that are found. */
export async function openSession(run: Run, known?: FoundCredentials): Promise<GoogleSession> {
  run.signal.throwIfAborted();
  const endpoints = endpointsOf(run.env);
  const found = known ?? (await findCredentials(run.env));
  const project = await requireProject(run.target, run.env, found);
  const identity = await openIdentity(found, run);
  // Before the first request, so that credentials that are refused are reported as such.
  await identity.authorize();
  const { email } = found;
  const member =
    email === null ? 'user:$(gcloud config get-value account)' : `serviceAccount:${email}`;
  const api = createGoogleApi(run, endpoints, () => identity.authorize(), { project, member });
  return { ...run, names: namesOf(run.target, project), endpoints, identity, api, email };
}
