import {
  CredentialsError,
  DeployError,
  DeploymentInProgressError,
  InterruptedError,
} from '../engine/errors.ts';
import { redactor } from '../engine/redact.ts';
import type { Access } from './access.ts';
import { flagsOf } from './names.ts';

/** AWS's own names for credentials that it does not take. */
const refused = new Set([
  'AuthFailure',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidToken',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
  'UnrecognizedClientException',
]);

const none = {
  message:
    'no credentials: AWS_ACCESS_KEY_ID is not set, ~/.aws has none, and this machine has no role',
  hint: 'aws configure sso, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
};

/** What is said where nothing was found that could be shown to AWS. */
function noCredentials(profile: string | undefined): typeof none {
  if (profile === undefined || profile === '') return none;
  return {
    message: `no credentials: ~/.aws has none for the profile ${profile} (AWS_PROFILE)`,
    hint: `aws configure sso --profile ${profile}, or unset AWS_PROFILE`,
  };
}

/** What is known of a failure beside the error. */
export interface Circumstances {
  /** What was being done, such as `read the stack shop-dev`. */
  readonly doing: string;
  readonly leftBehind?: readonly string[];
  readonly hint?: string;
}

/** An error of AWS or of the way to it, as the command tells it: AWS's own message, no secret in it. */
export function toDeployError(
  error: unknown,
  { target, context }: Access,
  { doing, leftBehind, hint }: Circumstances,
): DeployError {
  if (error instanceof DeployError) return error;
  const options = { cause: error, ...(leftBehind === undefined ? {} : { leftBehind }) };
  const doctor = `npx tricloud doctor aws ${flagsOf(target)}`;
  if (context.signal.aborted) {
    const next = hint ?? `npx tricloud status aws ${flagsOf(target)}`;
    return new InterruptedError('aws', `interrupted: could not ${doing}`, {
      ...options,
      hint: next,
    });
  }
  const redact = redactor(context.env, target.environment);
  const message = redact(`could not ${doing}: ${messageOf(error)}`);
  if (isInProgress(error)) {
    const next = `npx tricloud status aws ${flagsOf(target)}`;
    return new DeploymentInProgressError('aws', message, { ...options, hint: next });
  }
  if (isCredentialsError(error)) {
    if (hasNone(error)) {
      const said = noCredentials(context.env['AWS_PROFILE']);
      return new CredentialsError('aws', said.message, { ...options, hint: said.hint });
    }
    return new CredentialsError('aws', message, { ...options, hint: doctor });
  }
  return new DeployError('aws', message, { ...options, hint: hint ?? doctor });
}

/** Whether no credentials were found, or AWS does not take them. */
export function isCredentialsError(error: unknown): boolean {
  return error instanceof Error && refused.has(error.name);
}

/** Whether the framework complains of credentials: it passes on AWS's words, and not AWS's name for them. */
export function isCredentialsComplaint(complaint: string): boolean {
  return /\bsecurity token\b|\bsignature\b.*\b(?:match|expired)|AWS credentials/i.test(complaint);
}

/** Whether nothing was found that could be shown to AWS. */
function hasNone(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === 'CredentialsProviderError' &&
    error.message.startsWith('Could not load credentials from any providers')
  );
}

/** Whether AWS refuses a change because it is at another one, which began after the last look. */
function isInProgress(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const names = ['OperationInProgressException', 'OperationInProgress', 'ConflictException'];
  return names.includes(error.name) || /\bin [A-Z_]+_IN_PROGRESS state\b/.test(error.message);
}

/** Does something with AWS; what goes wrong becomes a `DeployError`. */
export async function told<T>(
  access: Access,
  circumstances: Circumstances,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw toDeployError(error, access, circumstances);
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // What comes of several addresses tried has no words of its own.
  const inner = error instanceof AggregateError ? error.errors.map(messageOf).join(', ') : '';
  const [words = ''] = (error.message === '' ? inner : error.message).split('\n  Deserialization');
  return ['Error', 'AggregateError', 'UnknownError'].includes(error.name)
    ? words
    : `${error.name}: ${words}`;
}
