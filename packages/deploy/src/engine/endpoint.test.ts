import { expect, test } from 'vitest';
import { isSafeForCredentials } from './endpoint.ts';

test.each([
  ['https://a.example/', true],
  ['http://localhost:1/', true],
  ['http://[::1]:1/', true],
  ['http://127.9.9.9/', true],
  ['http://localhost.example/', false],
  ['http://a.blob.core.windows.net/', false],
])('credentials go to %s: %s', (url, isSafe) => {
  expect(isSafeForCredentials(new URL(url))).toBe(isSafe);
});
