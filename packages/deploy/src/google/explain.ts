import { isValiError } from 'valibot';
import {
  CredentialsError,
  DeployError,
  DeploymentInProgressError,
  InterruptedError,
} from '../engine/errors.ts';
import { redactor } from '../engine/redact.ts';
import type { Target } from '../engine/target.ts';
import { type ApiError, isApiError } from './api-error.ts';
import { command } from './command.ts';
import { signIn } from './credentials.ts';
import { unexpected } from './unexpected.ts';

/** What was going on when something failed. */
export interface Circumstances {
  readonly target: Target;
  /** Null before it is known. */
  readonly project: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** The command that was given. */
  readonly verb: 'deploy' | 'status' | 'logs' | 'rollback' | 'remove';
  /** What is there now and was not before. */
  readonly leftBehind: readonly string[];
  /** What still goes on at Google after an interruption; null where nothing does. */
  readonly goingOn: string | null;
}

/** What a call takes, as https://cloud.google.com/iam/docs/permissions-reference has it (2026-11-22). */
const takes: Readonly<Record<string, readonly [permission: string, role: string]>> = {
  GetFunction: ['cloudfunctions.functions.get', 'roles/cloudfunctions.developer'],
  ListFunctions: ['cloudfunctions.functions.list', 'roles/cloudfunctions.developer'],
  GenerateUploadUrl: ['cloudfunctions.functions.sourceCodeSet', 'roles/cloudfunctions.developer'],
  CreateFunction: ['cloudfunctions.functions.create', 'roles/cloudfunctions.developer'],
  UpdateFunction: ['cloudfunctions.functions.update', 'roles/cloudfunctions.developer'],
  DeleteFunction: ['cloudfunctions.functions.delete', 'roles/cloudfunctions.developer'],
  GetOperation: ['cloudfunctions.operations.get', 'roles/cloudfunctions.developer'],
  ListOperations: ['cloudfunctions.operations.list', 'roles/cloudfunctions.developer'],
  ListRevisions: ['run.revisions.list', 'roles/run.admin'],
  'run GetIamPolicy': ['run.services.getIamPolicy', 'roles/run.admin'],
  'run SetIamPolicy': ['run.services.setIamPolicy', 'roles/run.admin'],
  'secretmanager GetIamPolicy': ['secretmanager.secrets.getIamPolicy', 'roles/secretmanager.admin'],
  'secretmanager SetIamPolicy': ['secretmanager.secrets.setIamPolicy', 'roles/secretmanager.admin'],
  GetServiceAccount: ['iam.serviceAccounts.get', 'roles/iam.serviceAccountCreator'],
  CreateServiceAccount: ['iam.serviceAccounts.create', 'roles/iam.serviceAccountCreator'],
  DeleteServiceAccount: ['iam.serviceAccounts.delete', 'roles/iam.serviceAccountDeleter'],
  ListLogEntries: ['logging.logEntries.list', 'roles/logging.viewer'],
};

/** Any failure as one that says what to do next. */
export function explained(error: unknown, circumstances: Circumstances): unknown {
  const { signal, leftBehind, target, verb, goingOn } = circumstances;
  if (signal.aborted && !(error instanceof DeployError)) {
    const more = goingOn === null ? '' : `; ${goingOn}`;
    const next = verb === 'status' || verb === 'logs' ? {} : { hint: command(verb, target) };
    return new InterruptedError('google', `interrupted${more}`, { leftBehind, ...next });
  }
  if (isApiError(error)) return ofApi(error, circumstances);
  if (isValiError(error)) {
    return new DeployError('google', unexpected(error), {
      leftBehind,
      hint: command(verb, target),
    });
  }
  return error;
}

function ofApi(error: ApiError, circumstances: Circumstances): DeployError {
  const { leftBehind, target, verb } = circumstances;
  const message = saidBy(error, circumstances);
  const again = command(verb, target);
  if (error.code === 'UNAUTHENTICATED') {
    return new CredentialsError('google', message, { leftBehind, hint: signIn });
  }
  if (error.code === 'PERMISSION_DENIED') return ofPermission(error, circumstances);
  if (error.code === 'ABORTED' || error.code === 'ALREADY_EXISTS') {
    const hint = command('status', target);
    return new DeploymentInProgressError('google', message, { leftBehind, hint });
  }
  if (error.code === 'RESOURCE_EXHAUSTED') {
    const seconds = error.retryAfterMs === null ? null : Math.ceil(error.retryAfterMs / 1000);
    const wait = seconds === null ? '' : ` (Google asks to wait ${seconds} s)`;
    return new DeployError('google', `${message}${wait}`, { leftBehind, hint: again });
  }
  return new DeployError('google', message, { leftBehind, hint: again });
}

function ofPermission(error: ApiError, circumstances: Circumstances): DeployError {
  const { leftBehind, project } = circumstances;
  const inProject = project ?? 'PROJECT_ID';
  const message = saidBy(error, circumstances);
  if (error.reason === 'SERVICE_DISABLED') {
    const service = error.facts['service'] ?? 'cloudfunctions.googleapis.com';
    const hint = `gcloud services enable ${service} --project ${inProject}`;
    return new DeployError('google', message, { leftBehind, hint });
  }
  const [permission, role] = neededFor(error);
  if (permission === null) return new DeployError('google', message, { leftBehind });
  const hint = `gcloud projects add-iam-policy-binding ${inProject} --member=user:YOU --role=${role}`;
  const needs = `${message}\nThis takes the permission ${permission}, which ${role} has.`;
  return new DeployError('google', needs, { leftBehind, hint });
}

/** An answer may quote what was sent. */
function saidBy({ call, message }: ApiError, { env, target }: Circumstances): string {
  return redactor(env, target.environment)(`${call}: ${message}`);
}

function neededFor({ call, facts, message }: ApiError): readonly [string | null, string] {
  // To deploy with a service account is a right of its own, whatever the call
  // (https://cloud.google.com/iam/docs/service-accounts-actas, 2026-11-22).
  if (/actas/i.test(`${facts['permission'] ?? ''} ${message}`)) {
    return ['iam.serviceAccounts.actAs', 'roles/iam.serviceAccountUser'];
  }
  const [permission, role] = takes[call] ?? [null, 'roles/cloudfunctions.developer'];
  return [facts['permission'] ?? permission, role];
}
