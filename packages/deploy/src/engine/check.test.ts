import { expect, test } from 'vitest';
import { clockCheck } from './check.ts';

const sentMs = Date.parse('2026-11-22T12:00:00Z');
const receivedMs = sentMs + 2000;
const dated = (date: string | null) => ({ headers: { get: () => date } });

test.each([
  [0, 'good', 'same as the provider’s', 'the second in which the request was sent'],
  [-1, 'good', 'same as the provider’s', 'a header of whole seconds, sent just before'],
  [2, 'good', 'same as the provider’s', 'the second in which the answer arrived'],
  [3, 'good', '1 s off', 'a second ahead'],
  [-2, 'good', '1 s off', 'a second behind'],
  [241, 'good', '239 s off', 'ahead by less than four minutes'],
  [242, 'bad', '240 s off', 'ahead by four minutes'],
  [-240, 'good', '239 s off', 'behind by less than four minutes'],
  [-241, 'bad', '240 s off', 'behind by four minutes'],
])('a provider whose clock is at %s s: %s, %s (%s)', (seconds, state, found, _why) => {
  const date = new Date(sentMs + seconds * 1000).toUTCString();
  const mend = state === 'good' ? null : 'sudo timedatectl set-ntp true';
  expect(clockCheck(sentMs, dated(date), receivedMs)).toEqual([
    { name: 'clock', state, found, mend },
  ]);
});

test.each([null, 'soon'])('a provider whose answer is dated %j says nothing', (date) => {
  expect(clockCheck(sentMs, dated(date), receivedMs)).toEqual([]);
});
