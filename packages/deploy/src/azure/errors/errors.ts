import type { Failure } from '../../engine/failure.ts';
import { HttpError } from '../../engine/http-client.ts';
import type { Run } from '../../engine/run.ts';
import { type AzureError, readErrorBody } from './error-body.ts';

/** A failure that Azure reports in a successful answer, such as a resource of a template that could not be created. */
export class AzureFailureError extends Error {
  readonly code: string | null;

  constructor(code: string | null, message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

const inProgressCodes: ReadonlySet<string | null> = new Set([
  'DeploymentActive',
  'ResourceGroupBeingDeleted',
  'AnotherOperationInProgress',
]);

/** What Azure, @azure/identity or the network said. */
export function readFailure(error: unknown, run: Run): Failure {
  const status = statusOf(error);
  const said = toAzureError(error);
  const message = toMessage(said, headerOf(error, 'x-ms-correlation-request-id'));
  if (status === 401 || isTokenRefused(error, said)) {
    return { kind: 'credentials', message, fix: 'az login' };
  }
  const kind = status === 409 && isInProgress(said) ? 'in progress' : 'other';
  const subscription = error instanceof HttpError ? subscriptionOf(error.call) : null;
  return { kind, message, fix: fixOf(said, run, subscription) };
}

/** HTTP status of a refusal; null where nothing was answered. */
export function statusOf(error: unknown): number | null {
  return error instanceof HttpError ? (error.answer?.status ?? null) : null;
}

/** First line of a message: the others of @azure/identity are ids for its support. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0]?.trim() ?? '';
}

function headerOf(error: unknown, name: string): string | null {
  return error instanceof HttpError ? (error.answer?.headers.get(name) ?? null) : null;
}

function toAzureError(error: unknown): AzureError {
  const body = error instanceof HttpError ? readErrorBody(error.answer?.json) : null;
  const code = error instanceof AzureFailureError ? error.code : null;
  return body ?? { code: code ?? headerOf(error, 'x-ms-error-code'), message: firstLine(error) };
}

function toMessage({ code, message }: AzureError, correlationId: string | null): string {
  const named = code === null || message.includes(code) ? message : `${code}: ${message}`;
  return correlationId === null ? named : `${named} (correlation id ${correlationId})`;
}

function isInProgress({ code, message }: AzureError): boolean {
  return inProgressCodes.has(code) || /another operation is in progress/i.test(message);
}

function isTokenRefused(error: unknown, { code, message }: AzureError): boolean {
  // Names of @azure/identity, and codes of Microsoft Entra and of Resource Manager.
  const names = /^(?:Authentication(?:Required)?|CredentialUnavailable)Error$/;
  const codes = /^(?:AADSTS\d+|invalid_client|(?:Expired|Invalid)AuthenticationToken)/;
  return codes.test(code ?? message) || (error instanceof Error && names.test(error.name));
}

/** Subscription of a request, whose call is its method and path. */
function subscriptionOf(call: string): string | null {
  return /\/subscriptions\/([^/]+)/.exec(call)?.[1] ?? null;
}

function fixOf({ code, message }: AzureError, run: Run, subscription: string | null) {
  switch (code) {
    case 'MissingSubscriptionRegistration':
    case 'SubscriptionNotRegistered': {
      return registerCommand(
        /namespace '([\w.]+)'/.exec(message)?.[1] ?? 'Microsoft.Web',
        subscription,
      );
    }
    case 'RoleAssignmentUpdateNotPermitted': {
      // The app was removed by hand: its old identity still has the roles, under the same names.
      return run.nextCommand('remove');
    }
    case 'AuthorizationFailed': {
      return subscription === null ? null : grantCommand(message, subscription);
    }
    default: {
      return null;
    }
  }
}

function grantCommand(message: string, subscription: string): string | null {
  const objectId = /object id '([\w-]+)'/.exec(message)?.[1];
  if (objectId === undefined) return null;
  const role = message.includes('Microsoft.Authorization/roleAssignments/write')
    ? 'Role Based Access Control Administrator'
    : 'Contributor';
  return `az role assignment create --role "${role}" --assignee-object-id ${objectId} --scope /subscriptions/${subscription}`;
}

/** Command that registers a resource provider. */
export function registerCommand(namespace: string, subscription: string | null): string {
  const option = subscription === null ? '' : ` --subscription ${subscription}`;
  return `az provider register -n ${namespace}${option}`;
}
