import type { Env } from '../../engine/deploy-context.ts';
import type { Failure } from '../../engine/failure.ts';
import type { Driver } from '../../engine/driver.ts';
import type { Run } from '../../engine/run.ts';
import { credentialsSource, profileOf } from '../credentials/environment.ts';

/** AWS's own codes for credentials that it rejects. */
const rejected =
  setOf(`AuthFailure IncompleteSignature InvalidAccessKeyId InvalidClientTokenId InvalidToken
  MissingAuthenticationToken MissingAuthenticationTokenException SignatureDoesNotMatch UnrecognizedClientException`);

/** Its codes for credentials that were valid once. */
const expired = setOf('ExpiredToken ExpiredTokenException RequestExpired TokenRefreshRequired');

/** Its codes while another change is in progress. */
const busy = setOf(
  'AlreadyExistsException ConflictException OperationInProgress OperationInProgressException',
);

/** True where no credentials were found at all. */
export function hasNoCredentials(error: unknown): boolean {
  const message = 'Could not load credentials from any providers';
  return error instanceof Error && isOfProvider(error) && error.message.startsWith(message);
}

/** Where credentials were looked for, and how to get some. */
export function noCredentials(env: Env): { readonly message: string; readonly fix: string } {
  const profile = profileOf(env);
  const where =
    profile === null
      ? 'AWS_ACCESS_KEY_ID is not set, ~/.aws has none, and this machine has no role'
      : `~/.aws has none for the profile ${profile}`;
  const option = profile === null ? '' : ` --profile ${profile}`;
  return { message: `no credentials: ${where}`, fix: `aws configure sso${option}` };
}

/** An error of AWS, of its SDK or of the way to it. */
export function readFailure(error: unknown, { env }: Run): Failure {
  if (!(error instanceof Error)) return { kind: 'other', message: String(error), fix: null };
  if (hasNoCredentials(error)) return { kind: 'credentials', ...noCredentials(env) };
  if (isOfProvider(error)) return ofProvider(error, profileOf(env) ?? 'default');
  if (expired.has(error.name)) {
    const message = `the credentials ${credentialsSource(env)} have expired (${error.name})`;
    return { kind: 'credentials', message, fix: loginOf(env) };
  }
  if (rejected.has(error.name)) {
    const message = `AWS rejects the credentials ${credentialsSource(env)}: ${withCode(error)}`;
    return { kind: 'credentials', message, fix: loginOf(env) };
  }
  const isBusy = busy.has(error.name) || /\bin [A-Z_]+_IN_PROGRESS state\b/.test(error.message);
  return { kind: isBusy ? 'in progress' : 'other', message: withCode(error), fix: null };
}

export const errors: Driver<Run, unknown>['errors'] = { readFailure };

/** Credentials in the environment were put there by a tool that is not known. */
function loginOf(env: Env): string | null {
  const isGiven = (env['AWS_ACCESS_KEY_ID'] ?? '') !== '';
  return isGiven ? null : `aws sso login --profile ${profileOf(env) ?? 'default'}`;
}

function isOfProvider({ name }: Error): boolean {
  return ['CredentialsProviderError', 'TokenProviderError'].includes(name);
}

/** What the SDK says where a profile gives no credentials. */
function ofProvider({ message }: Error, profile: string): Failure {
  const fix = `aws sso login --profile ${profile}`;
  const of = (problem: string): Failure => ({ kind: 'credentials', message: problem, fix });
  if (/\bSSO\b|aws sso login/i.test(message)) {
    return of(`the SSO session of the profile ${profile} is missing or has expired`);
  }
  // The rest of the message is the command itself, which may hold a secret.
  const [, output] = /^Command failed: .*\n([\s\S]*)/.exec(message) ?? [];
  const isOfProcess = output !== undefined || /credential_process|^Command failed/.test(message);
  if (!isOfProcess) return of(message);
  const line = (output ?? message.replace(/^Command failed.*/s, '')).trim().split('\n')[0] ?? '';
  const why = line === '' ? '' : `: ${line}`;
  return of(`the credential_process of the profile ${profile} failed${why}`);
}

/** AWS's code and message; the name of an error that AWS did not send is not a code. */
function withCode(error: Error): string {
  const isCode = '$fault' in error && !/^Unknown(?:Error)?$/.test(error.name);
  return isCode ? `${error.name}: ${error.message}` : error.message;
}

function setOf(codes: string): ReadonlySet<string> {
  return new Set(codes.split(/\s+/));
}
