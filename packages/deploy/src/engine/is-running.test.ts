import { spawnSync } from 'node:child_process';
import { afterEach, expect, test, vi } from 'vitest';
import { isRunning } from './is-running.ts';

afterEach(() => void vi.restoreAllMocks());

test('a process is running until it has exited', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  expect({ own: isRunning(process.pid), exited: isRunning(pid) }).toEqual({
    own: true,
    exited: false,
  });
});

test.each([
  ['EPERM', true, 'somebody else’s'],
  ['ESRCH', false, 'nobody’s'],
])('a process that cannot be signalled (%s) is running: %s, it is %s', (code, running, _whose) => {
  vi.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error('kill'), { code });
  });
  expect(isRunning(4711)).toBe(running);
});
