import { commandByName } from '../engine/next-command.ts';
import { expect, test } from 'vitest';
import { target } from '../../test/aws/support.ts';
import { isCredentialsComplaint, toDeployError } from './failure.ts';
import { defaultPace } from './pace.ts';

test.each([
  [
    {},
    'no credentials: AWS_ACCESS_KEY_ID is not set, ~/.aws has none, and this machine has no role',
    'aws configure sso, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  ],
  [
    { AWS_PROFILE: 'work' },
    'no credentials: ~/.aws has none for the profile work (AWS_PROFILE)',
    'aws configure sso --profile work, or unset AWS_PROFILE',
  ],
])(
  'without credentials, and with %j, it is said where they were looked for',
  (env, message, hint) => {
    const context = {
      env,
      appDir: '',
      cacheDir: '',
      onStep: () => {},
      nextCommand: commandByName,
      signal: new AbortController().signal,
    };
    const thrown = new Error('Could not load credentials from any providers');
    thrown.name = 'CredentialsProviderError';
    const access = { target, context, pace: defaultPace };
    expect(toDeployError(thrown, access, { doing: 'read the stack' })).toMatchObject({
      name: 'CredentialsError',
      message,
      hint,
    });
  },
);

test.each([
  ['The security token included in the request is expired', true],
  ['The security token included in the request is invalid.', true],
  ['The request signature we calculated does not match the signature you provided.', true],
  ['Signature expired: 20261122T100000Z is now earlier than 20261122T101000Z', true],
  ['AWS credentials are missing', true],
  ['User: deployer is not authorized to perform: cloudformation:CreateChangeSet', false],
  ['Rate exceeded', false],
])('“%s” is of credentials: %s', (complaint, isOfCredentials) => {
  expect(isCredentialsComplaint(complaint)).toBe(isOfCredentials);
});
