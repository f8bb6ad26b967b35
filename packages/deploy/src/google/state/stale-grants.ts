import * as v from 'valibot';
import type { GoogleSession } from '../credentials/session.ts';
import { nullIfMissing } from '../errors/api-error.ts';
import { secretsOf } from '../template/function-body.ts';
import { type Grant, grantsOn } from '../template/grants.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { isGranted } from './iam-policy.ts';

/** A secret, and the project that it belongs to. */
interface Secret {
  readonly projectId: string;
  readonly secret: string;
}

const Reference = v.object({ secretKeyRef: v.optional(v.object({ secret: v.string() })) });
const Variable = v.object({ valueSource: v.optional(Reference, {}) });
const Container = v.object({ env: v.optional(v.array(Variable), []) });
const Revision = v.object({ containers: v.optional(v.array(Container), []) });

/**
 * Secrets that the function may read and no longer names: those of its revisions are among them, which record what an
 * interrupted deployment did not close.
 */
export async function staleGrants(
  session: GoogleSession,
  deployed: DeployedFunction | null,
): Promise<readonly Grant[]> {
  if (deployed === null) return [];
  const { names, target } = session;
  const named = secretsOf(target, names.project);
  const everRead = await secretsEverRead(session, deployed);
  const unnamed = everRead.filter((secret) => !named.some((each) => mayBeSame(each, secret)));
  return grantedOf(session, grantsOn(unnamed, names));
}

/** The grants that are in force, of these; a secret that no longer exists has none. */
export async function grantedOf(
  session: GoogleSession,
  grants: readonly Grant[],
): Promise<readonly Grant[]> {
  const granted: Grant[] = [];
  for (const grant of grants) {
    if ((await nullIfMissing(isGranted(session, grant))) === true) granted.push(grant);
  }
  return granted;
}

/** Every secret that the function reads, or did in a revision that Cloud Run keeps. */
export async function secretsEverRead(
  { api, names }: GoogleSession,
  { serviceConfig }: DeployedFunction,
): Promise<readonly Secret[]> {
  // https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services.revisions/list (2026-11-22)
  const path = `v2/${serviceConfig.service || names.service}/revisions`;
  const items = { key: 'revisions', schema: Revision };
  const revisions = (await nullIfMissing(api.list('run ListRevisions', items, path))) ?? [];
  const read = revisions
    .flatMap(({ containers }) => containers.flatMap(({ env }) => env))
    .flatMap(({ valueSource }) => valueSource.secretKeyRef ?? [])
    .map(({ secret }) => toSecret(secret));
  return [...serviceConfig.secretEnvironmentVariables, ...read];
}

/** Cloud Run names a secret alone, or with its project where that is another one. */
function toSecret(name: string): Secret {
  const [, projectId = '', secret = name] =
    /^projects\/([^/]+)\/secrets\/([^/]+)$/.exec(name) ?? [];
  return { projectId, secret };
}

/** An answer may name a project by its number: nobody knows that it is another one, and nothing is closed. */
function mayBeSame(named: Secret, found: Secret): boolean {
  const isProjectSame = named.projectId === found.projectId || /^\d*$/.test(found.projectId);
  return named.secret === found.secret && isProjectSame;
}
