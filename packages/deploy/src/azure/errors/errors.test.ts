import { Headers } from 'undici';
import { describe, expect, test } from 'vitest';
import { HttpError } from '../../engine/http-client.ts';
import { commandByName } from '../../engine/next-command.ts';
import { startRun } from '../../engine/run.ts';
import { realTiming } from '../../engine/timing.ts';
import { readErrorBody } from './error-body.ts';
import { AzureFailureError, readFailure } from './errors.ts';

const inner = { code: 'QuotaExceeded', message: 'No more.' };

describe('an error of Resource Manager', () => {
  test.each([
    ['as it is', { error: inner }, inner],
    ['without a wrapping', inner, inner],
    ['in details', { error: { code: 'A', message: 'a', details: [inner] } }, inner],
    [
      'in details of details',
      {
        error: {
          code: 'A',
          message: 'a',
          details: [{ code: 'B', message: 'b', details: [inner] }],
        },
      },
      inner,
    ],
    [
      'as text in a message',
      { error: { code: 'A', message: JSON.stringify({ error: inner }) } },
      inner,
    ],
    [
      'as text in a message of a detail',
      {
        error: {
          code: 'A',
          message: 'a',
          details: [
            { code: 'B', message: JSON.stringify({ Code: 'QuotaExceeded', Message: 'No more.' }) },
          ],
        },
      },
      inner,
    ],
    ['twice', { error: { code: 'A', message: 'a', details: [inner, inner] } }, inner],
    [
      'as two',
      { error: { code: 'A', message: 'a', details: [inner, { code: 'C', message: 'And this.' }] } },
      { code: 'QuotaExceeded', message: 'No more.; And this.' },
    ],
    [
      'with a message that only looks like JSON',
      { error: { code: 'A', message: '{not JSON' } },
      { code: 'A', message: '{not JSON' },
    ],
    ['with a code alone', { error: { code: 'A' } }, { code: 'A', message: 'A' }],
    ['with empty details', { error: { ...inner, details: [] } }, inner],
  ])('%s is told by the innermost of it', (_where, body, told) => {
    expect(readErrorBody(body)).toEqual(told);
  });

  test.each([[undefined], [null], ['text'], [{}], [[]], [{ error: null }]])(
    'is none in %j',
    (body) => {
      expect(readErrorBody(body)).toBeNull();
    },
  );

  test('ends where an error is nested without end', () => {
    let body: unknown = inner;
    for (let depth = 0; depth < 5000; depth += 1) body = { error: { details: [body] } };
    expect(readErrorBody(body)).toBeNull();
  });
});

const run = startRun(
  'deploy',
  {
    cloud: 'azure',
    name: 'shop',
    stage: 'dev',
    region: 'eastus',
    memoryMiB: 512,
    vcpu: null,
    architecture: 'x86_64',
    timeoutSeconds: 30,
    concurrency: 1,
    maxInstances: null,
    environment: {},
    secrets: {},
    account: null,
    auth: 'none',
    invokers: [],
    throttle: null,
    buildAccount: null,
  },
  {
    env: {},
    onStep: () => undefined,
    signal: new AbortController().signal,
    nextCommand: commandByName,
  },
  realTiming,
);

function refusal(status: number, json: unknown, headers: Record<string, string> = {}): HttpError {
  const answer = { status, json, text: '', bytes: new Uint8Array(), headers: new Headers(headers) };
  return new HttpError('PUT /subscriptions/sub-1/resourcegroups/shop-dev', 'status', { answer });
}

describe('what was thrown', () => {
  test.each([
    [
      'a refusal, with the id that support asks for',
      refusal(403, { error: inner }, { 'x-ms-correlation-request-id': 'an-id' }),
      {
        kind: 'other',
        message: 'QuotaExceeded: No more. (correlation id an-id)',
        fix: null,
      },
    ],
    [
      'a refusal of Blob Storage',
      refusal(404, null, { 'x-ms-error-code': 'BlobNotFound' }),
      { kind: 'other', message: 'BlobNotFound: status', fix: null },
    ],
    [
      'nothing that was answered',
      new HttpError('GET /', 'host: ECONNREFUSED: connect ECONNREFUSED'),
      { kind: 'other', message: 'host: ECONNREFUSED: connect ECONNREFUSED', fix: null },
    ],
    [
      'a token that has expired',
      refusal(401, { error: { code: 'ExpiredAuthenticationToken', message: 'It expired.' } }),
      { kind: 'credentials', message: 'ExpiredAuthenticationToken: It expired.', fix: 'az login' },
    ],
    [
      'a refusal of Microsoft Entra, in its first line',
      Object.assign(new Error('AADSTS700082: expired.\nTrace ID: 1'), {
        name: 'AuthenticationRequiredError',
      }),
      { kind: 'credentials', message: 'AADSTS700082: expired.', fix: 'az login' },
    ],
    [
      'a credential that gives no token any more',
      Object.assign(new Error('Please run az login.'), { name: 'CredentialUnavailableError' }),
      { kind: 'credentials', message: 'Please run az login.', fix: 'az login' },
    ],
    [
      'another operation on the same resource',
      refusal(409, { error: { code: 'Conflict', message: 'Another operation is in progress.' } }),
      { kind: 'in progress', message: 'Conflict: Another operation is in progress.', fix: null },
    ],
    [
      'a resource provider that is not registered',
      refusal(409, {
        error: { code: 'MissingSubscriptionRegistration', message: "namespace 'Microsoft.Web'" },
      }),
      {
        kind: 'other',
        message: "MissingSubscriptionRegistration: namespace 'Microsoft.Web'",
        fix: 'az provider register -n Microsoft.Web --subscription sub-1',
      },
    ],
    [
      'a role that is missing for the assignment of roles',
      refusal(403, {
        error: {
          code: 'AuthorizationFailed',
          message: "object id 'id-1' … 'Microsoft.Authorization/roleAssignments/write'",
        },
      }),
      {
        kind: 'other',
        message: expect.stringMatching(/^AuthorizationFailed: /),
        fix: 'az role assignment create --role "Role Based Access Control Administrator" --assignee-object-id id-1 --scope /subscriptions/sub-1',
      },
    ],
    [
      'an identity that has the roles already',
      new AzureFailureError('RoleAssignmentUpdateNotPermitted', 'No update.'),
      {
        kind: 'other',
        message: 'RoleAssignmentUpdateNotPermitted: No update.',
        fix: 'npx tricloud remove azure --name shop --stage dev --region azure=eastus',
      },
    ],
  ])('is described: %s', (_what, error, failure) => {
    expect(readFailure(error, run)).toEqual(failure);
  });
});
