import { expect, test } from 'vitest';
import { nodeCheck } from './machine-checks.ts';

test.each([
  ['18.20.4', 'bad', 'older than the command needs'],
  ['20.18.3', 'bad', 'a minor older than it needs'],
  ['20.19.0', 'good', 'the oldest that runs the command'],
  ['22.11.0', 'good', 'functions may run on another'],
  ['26.0.0', 'good', 'newer than what is deployed'],
])('Node %s is %s: %s', (version, state, _why) => {
  const check = nodeCheck(version);
  expect({ state: check.state, found: check.found.startsWith(version) }).toEqual({
    state,
    found: true,
  });
  expect(check.mend === null).toBe(state === 'good');
});
