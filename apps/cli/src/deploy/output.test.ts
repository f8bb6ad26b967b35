import { DeployError, redactor } from '@tricloud/deploy';
import { expect, test, vi } from 'vitest';
import { asCommandError, printJson } from './output.ts';

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

test('JSON keeps its line breaks, and has no secret', () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  printJson([{ key: 'hunter2-planted', lines: 'a\nb' }], redact);
  const text = write.mock.calls.map(([chunk]) => String(chunk)).join('');
  write.mockRestore();

  expect(text).toBe(`${JSON.stringify([{ key: '[redacted]', lines: 'a\nb' }], null, 2)}\n`);
});
