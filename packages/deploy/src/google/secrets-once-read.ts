import * as v from 'valibot';
import { isApiError } from './api-error.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { secretsOf } from './function-body.ts';
import { secretGrants } from './grants.ts';
import { type Grant, isGranted } from './iam-policy.ts';
import { orFalse } from './not-found.ts';
import type { Session } from './session.ts';

/** A secret, and the project that it belongs to. */
interface Secret {
  readonly projectId: string;
  readonly secret: string;
}

const Revisions = v.object({
  revisions: v.optional(
    v.array(
      v.object({
        containers: v.optional(
          v.array(
            v.object({
              env: v.optional(
                v.array(
                  v.object({
                    valueSource: v.optional(
                      v.object({ secretKeyRef: v.optional(v.object({ secret: v.string() })) }),
                    ),
                  }),
                ),
                [],
              ),
            }),
          ),
          [],
        ),
      }),
    ),
    [],
  ),
  nextPageToken: v.optional(v.string(), ''),
});

/**
 * What the function may still read and is not asked to: the secrets of the function as it is and of its revisions,
 * which remember what an interrupted deployment did not come to close.
 */
export async function outgrownGrants(
  session: Session,
  deployed: DeployedFunction | null,
): Promise<readonly Grant[]> {
  if (deployed === null) return [];
  const { names, target } = session;
  const asked = secretsOf(target, names.project);
  const once = await secretsOnceRead(session, deployed);
  const outgrown = once.filter((secret) => !asked.some((kept) => mayBeSame(kept, secret)));
  const granted: Grant[] = [];
  for (const grant of secretGrants(names, outgrown)) {
    if (await orFalse(isGranted(session, grant))) granted.push(grant);
  }
  return granted;
}

/** Every secret that the function reads, or did in a revision that Cloud Run keeps. */
export async function secretsOnceRead(
  session: Session,
  deployed: DeployedFunction,
): Promise<readonly Secret[]> {
  const { rest, names } = session;
  const secrets: Secret[] = [...deployed.service.secrets];
  const service = deployed.service.name || names.service;
  let page = '';
  do {
    // https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services.revisions/list (2026-11-22)
    const path = `v2/${service}/revisions${page === '' ? '' : `?pageToken=${encodeURIComponent(page)}`}`;
    const { body } = await rest({ api: 'run', call: 'ListRevisions', method: 'GET', path }).catch(
      (error: unknown) => {
        if (isApiError(error, 'NOT_FOUND')) return { body: {} };
        throw error;
      },
    );
    const { revisions, nextPageToken } = v.parse(Revisions, body);
    for (const { env } of revisions.flatMap(({ containers }) => containers)) {
      for (const { valueSource } of env) {
        if (valueSource?.secretKeyRef) secrets.push(toSecret(valueSource.secretKeyRef.secret));
      }
    }
    page = nextPageToken;
  } while (page !== '');
  return secrets;
}

/** Cloud Run names a secret alone, or with its project where that is another one. */
function toSecret(name: string): Secret {
  const [, projectId = '', secret = name] =
    /^projects\/([^/]+)\/secrets\/([^/]+)$/.exec(name) ?? [];
  return { projectId, secret };
}

/** A project may be told by its number: then nobody knows that it is another one, and nothing is closed. */
function mayBeSame(asked: Secret, found: Secret): boolean {
  const isProjectSame = asked.projectId === found.projectId || /^\d*$/.test(found.projectId);
  return asked.secret === found.secret && isProjectSame;
}
