import {
  CredentialsError,
  DeployError,
  DeploymentInProgressError,
  InterruptedError,
} from '../engine/errors.ts';
import type { Redact } from '../engine/redact.ts';
import { type Failure, readFailure } from './failure.ts';

/** What is known where something fails. */
export interface Scene {
  /** What was tried, such as `deploy the template`. */
  readonly doing: string;
  readonly signal: AbortSignal;
  readonly redact: Redact;
  readonly subscription: string;
  /** What is there by now, asked for only when it is told. */
  leftBehind(): Promise<readonly string[]>;
  /** The command that goes on. */
  readonly goOn: string;
  /** The command that takes away what is there; null where nothing is to be taken away. */
  readonly cleanUp: string | null;
  /** The command that tells how it stands. */
  readonly look: string;
}

const inProgress = new Set([
  'DeploymentActive',
  'ResourceGroupBeingDeleted',
  'AnotherOperationInProgress',
]);

/**
 * Does the work and tells what goes wrong as a `DeployError`, in Azure's own words. What was thrown is not its cause:
 * it holds the request, and that the token.
 */
export async function telling<T>(scene: Scene, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw await toDeployError(error, scene);
  }
}

async function toDeployError(thrown: unknown, scene: Scene): Promise<DeployError> {
  if (thrown instanceof DeployError && thrown.hint !== null) return thrown;
  const leftBehind = await scene.leftBehind();
  if (thrown instanceof DeployError) {
    const options = { leftBehind, hint: nextOf(scene, leftBehind) };
    return new DeployError('azure', scene.redact(thrown.message), options);
  }
  if (scene.signal.aborted) {
    return new InterruptedError('azure', `interrupted while it was to ${scene.doing}`, {
      leftBehind,
      hint: nextOf(scene, leftBehind),
    });
  }
  if (thrown instanceof Error && ['AbortError', 'TimeoutError'].includes(thrown.name)) {
    return new DeployError(
      'azure',
      `Azure was not done in time: ${scene.doing} goes on there, or has come to a stop`,
      { leftBehind, hint: scene.look },
    );
  }
  const failure = readFailure(thrown);
  const message = scene.redact(told(failure, scene));
  const options = { leftBehind, hint: scene.redact(hintOf(failure, scene, leftBehind)) };
  if (failure.status === 401 || isTokenRefused(failure)) {
    return new CredentialsError('azure', message, options);
  }
  if (failure.status === 409 && isInProgress(failure)) {
    return new DeploymentInProgressError('azure', message, {
      ...options,
      hint: scene.look,
    });
  }
  return new DeployError('azure', message, options);
}

/** The commands that may be typed next. */
function nextOf({ goOn, cleanUp }: Scene, leftBehind: readonly string[]): string {
  return cleanUp === null || leftBehind.length === 0
    ? goOn
    : `${goOn} goes on; ${cleanUp} takes away what is there`;
}

function isInProgress({ code, message }: Failure): boolean {
  return inProgress.has(code ?? '') || /another operation is in progress/i.test(message);
}

function told({ code, message, correlationId }: Failure, { doing }: Scene): string {
  const named = code === null || message.includes(code) ? message : `${code}: ${message}`;
  const id = correlationId === null ? '' : ` (correlation id ${correlationId})`;
  return `Azure would not ${doing}: ${named}${id}`;
}

function isTokenRefused({ code, message }: Failure): boolean {
  return /^(?:AADSTS\d+|invalid_client|ExpiredAuthenticationToken|InvalidAuthenticationToken)/.test(
    code ?? message,
  );
}

function hintOf(
  { code, message, status }: Failure,
  scene: Scene,
  leftBehind: readonly string[],
): string {
  const { goOn, cleanUp, subscription } = scene;
  if (status === 401) return 'az login';
  if (code === 'MissingSubscriptionRegistration' || code === 'SubscriptionNotRegistered') {
    const namespace = /namespace '([\w.]+)'/.exec(message)?.[1] ?? 'Microsoft.Web';
    return `az provider register -n ${namespace} --subscription ${subscription}`;
  }
  if (code === 'RoleAssignmentUpdateNotPermitted' && cleanUp !== null) {
    // The app was removed by hand: its old identity still holds the roles, under the same names.
    return `${cleanUp}, and then ${goOn}`;
  }
  if (code !== 'AuthorizationFailed') return nextOf(scene, leftBehind);
  const role = message.includes('Microsoft.Authorization/roleAssignments/write')
    ? 'Role Based Access Control Administrator'
    : 'Contributor';
  const who = /object id '([\w-]+)'/.exec(message)?.[1] ?? '<object id>';
  return `az role assignment create --role "${role}" --assignee-object-id ${who} --scope /subscriptions/${subscription}`;
}
