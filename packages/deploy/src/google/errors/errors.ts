import type { Failure } from '../../engine/failure.ts';
import { ApiError } from './api-error.ts';
import { OperationError } from './operation-error.ts';

/** The command that gives credentials to a deployer who has none. */
export const signIn = 'gcloud auth application-default login';

/** A token that the credentials did not give. */
export class TokenError extends Error {}

/** What Google said, and the command of gcloud's that fixes it. */
export function readFailure(error: unknown): Failure {
  if (error instanceof ApiError) return readApiError(error);
  if (error instanceof OperationError) return readOperationError(error);
  if (error instanceof TokenError) {
    return { kind: 'credentials', message: error.message, fix: signIn };
  }
  return other(error instanceof Error ? error.message : String(error));
}

function other(message: string, fix: string | null = null): Failure {
  return { kind: 'other', message, fix };
}

const inProgress: ReadonlySet<string> = new Set(['ABORTED', 'ALREADY_EXISTS']);

function readApiError(error: ApiError): Failure {
  const { code, retryAfterMs } = error;
  const message = `${error.call}: ${error.message}`;
  if (code === 'UNAUTHENTICATED') return { kind: 'credentials', message, fix: signIn };
  if (code === 'PERMISSION_DENIED') return readDenial(error, message);
  if (inProgress.has(code)) return { kind: 'in progress', message, fix: null };
  const wait = retryAfterMs === null ? '' : ` (retry after ${Math.ceil(retryAfterMs / 1000)} s)`;
  return other(`${message}${wait}`);
}

function readDenial({ call, deployer, facts, reason }: ApiError, message: string): Failure {
  const { project, member } = deployer;
  if (reason === 'SERVICE_DISABLED') {
    const service = facts['service'] ?? 'cloudfunctions.googleapis.com';
    return other(message, `gcloud services enable ${service} --project ${project}`);
  }
  const permission = facts['permission'] ?? /[\w.]+\.actAs/i.exec(message)?.[0] ?? null;
  const role = roleFor(permission ?? call.toLowerCase());
  const named = permission === null ? '' : `the permission ${permission}, which `;
  return other(
    `${message}\nIt needs ${named}${role}${named && ' has'}.`,
    grantCommand(project, member, role),
  );
}

/** Roles by the beginning of a permission or of an API: https://cloud.google.com/iam/docs/roles-permissions (2026-12-01). */
const roles: readonly (readonly [string, string])[] = [
  // Deploying with a service account needs a permission of its own, whatever the call
  // (https://cloud.google.com/iam/docs/service-accounts-actas, 2026-11-22).
  ['iam.serviceaccounts.actas', 'roles/iam.serviceAccountUser'],
  ['iam.serviceaccounts.delete', 'roles/iam.serviceAccountDeleter'],
  ['iamcredentials', 'roles/iam.serviceAccountOpenIdTokenCreator'],
  ['iam', 'roles/iam.serviceAccountCreator'],
  ['run', 'roles/run.admin'],
  ['secretmanager', 'roles/secretmanager.admin'],
  ['logging', 'roles/logging.viewer'],
  ['cloudbuild', 'roles/cloudbuild.builds.viewer'],
  ['serviceusage', 'roles/serviceusage.serviceUsageViewer'],
  ['cloudresourcemanager', 'roles/iam.securityReviewer'],
  ['resourcemanager', 'roles/iam.securityReviewer'],
];

function roleFor(permission: string): string {
  const [, role] = roles.find(([start]) => permission.toLowerCase().startsWith(start)) ?? [];
  return role ?? 'roles/cloudfunctions.developer';
}

/** Role of an account that builds functions. */
export const builderRole = 'roles/cloudbuild.builds.builder';

// Projects since July 2024 build as the default Compute account, which may have no role
// (https://cloud.google.com/functions/docs/troubleshooting#build-service-account, 2026-12-01).
const missingBuildRole =
  /build service account|service account running this build|access to bucket \S+ denied/i;

function readOperationError({ code, message, builtBy, project }: OperationError): Failure {
  const said = `${code}: ${message}`;
  if (inProgress.has(code)) return { kind: 'in progress', message: said, fix: null };
  if (builtBy === null || !missingBuildRole.test(message)) return other(said);
  return other(said, grantCommand(project, `serviceAccount:${builtBy}`, builderRole));
}

/** The command that grants a role in a project. */
export function grantCommand(project: string, member: string, role: string): string {
  return `gcloud projects add-iam-policy-binding ${project} --member="${member}" --role=${role}`;
}
