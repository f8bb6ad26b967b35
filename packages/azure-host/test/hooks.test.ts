import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, start, type Started } from './support.ts';

let started: Started;
beforeAll(async () => {
  started = await start('hooks');
});
afterAll(() => started.host.close());

test('F1: hooks run in order and what they replace is used', async () => {
  const answer = await started.send('/api/replaced');
  expect(answer.json()).toEqual(['pre1', 'pre2', { input: 'replaced input' }, 'post']);
});

test('F1: a hook may put another function in place', async () => {
  expect((await started.send('/api/swapped')).text).toBe('swapped');
});

test('F2: a hook that throws before fails the invocation, and no hook runs after', async () => {
  const answer = await started.send('/api/refused');
  expect(answer.status).toBe(500);
  expect(started.messages('user').join('\n')).not.toContain('post refused');
  expect(started.messages('system').join('\n')).toContain('Exception: refused by a hook');
});

test('F3: a hook that clears the error makes it a success', async () => {
  const answer = await started.send('/api/healed');
  expect([answer.status, answer.text]).toEqual([200, 'healed']);
  expect(started.messages('user')).toContain('post healed to be healed');
});

test('hookData can be filled but not replaced', async () => {
  expect((await started.send('/api/assigned')).status).toBe(500);
  expect(started.messages('system').join('\n')).toContain(
    "Cannot assign to read only property 'hookData'",
  );
});

test('F4: a log hook edits what users log, and harms nothing when it throws', async () => {
  expect((await started.send('/api/logs')).status).toBe(200);
  expect(started.messages('user')).toContain('edited words');
  expect(started.messages('user')).not.toContain('plain words');
});

test('a line that is logged after the end is shown with a warning', async () => {
  await eventually(
    () => started.messages('user').includes('too late'),
    () => started.messages(),
  );
  expect(started.messages('system').join('\n')).toContain(
    "Unexpected call to 'log' on the context object after function execution has completed",
  );
});

test('F5: appStart runs before the first function and appTerminate at the end', async () => {
  const other = await start('hooks');
  expect(other.messages('user')).toEqual(['app started']);
  await other.host.close();
  expect(other.messages('user')).toEqual(['app started', 'app terminated after start true']);
});
