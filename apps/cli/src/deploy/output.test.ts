import { DeployError, redactor } from '@tricloud/deploy';
import { expect, test } from 'vitest';
import { asCommandError } from './output.ts';

const redact = redactor({ API_KEY: 'hunter2-planted' });

test('a failure names what is left, and each command that follows has a line of its own', () => {
  const error = new DeployError('aws', 'could not create the stack:\n hunter2-planted', {
    leftBehind: ['a bucket'],
    hint: 'npx tricloud deploy aws --secret API_KEY=arn:aws:secretsmanager:key',
    cleanUp: 'npx tricloud remove aws',
  });
  expect(asCommandError(error, redact)).toMatchObject({
    message: 'aws: could not create the stack: [redacted]; left behind: a bucket',
    hint: [
      'npx tricloud deploy aws --secret API_KEY=arn:aws:secretsmanager:key',
      'npx tricloud remove aws  # removes what is left behind',
    ].join('\n'),
  });
});

test('a hint of a provider holds no secret', () => {
  const error = new DeployError('aws', 'no credentials', { hint: 'log in --key hunter2-planted' });
  expect(asCommandError(error, redact).hint).toBe('log in --key [redacted]');
});

test('an unexpected error has no hint, and its details no secret', () => {
  const { message, hint, cause } = asCommandError(new TypeError('hunter2-planted'), redact);
  expect({ message, hint }).toEqual({ message: '[redacted]', hint: undefined });
  expect(String(cause)).not.toContain('hunter2');
});
