import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, start, type Started } from './support.ts';

let started: Started;
beforeAll(async () => {
  started = await start('retry');
});
afterAll(() => started.host.close());

test('F5: a failed request is tried again, each time as an invocation of its own', async () => {
  const answer = await started.send('/api/untilFour');
  expect([answer.status, answer.json()]).toEqual([200, { retryCount: 4, ids: 5 }]);
  const attempts = started
    .messages('user')
    .filter((message) => message.startsWith('attempt '))
    .map((message) => JSON.parse(message.slice('attempt '.length)));
  expect(
    attempts.map(({ exception, ...context }) => ({ ...context, error: exception?.message })),
  ).toEqual([
    { retryCount: 0, maxRetryCount: 4, error: undefined },
    { retryCount: 1, maxRetryCount: 4, error: 'failure 0' },
    { retryCount: 2, maxRetryCount: 4, error: 'failure 1' },
    { retryCount: 3, maxRetryCount: 4, error: 'failure 2' },
    { retryCount: 4, maxRetryCount: 4, error: 'failure 3' },
  ]);
});

test('the host warns that retries of requests will go', () => {
  expect(started.messages('system').join('\n')).toContain(
    "Soon retries will not be supported for function 'untilFour'",
  );
});

test('after the last attempt the request fails', async () => {
  expect((await started.send('/api/inVain')).status).toBe(500);
  const failures = started
    .messages('system')
    .filter((message) => message.startsWith("Executed 'Functions.inVain' (Failed"));
  expect(failures).toHaveLength(3);
});

test('H4: a timer that fails twice runs three times', async () => {
  await eventually(
    () => started.messages('user').includes('timer attempt 2'),
    () => started.messages('user'),
  );
  expect(started.messages('user').filter((message) => message.startsWith('timer'))).toEqual([
    'timer attempt 0',
    'timer attempt 1',
    'timer attempt 2',
  ]);
});
