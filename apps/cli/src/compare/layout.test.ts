import { expect, test } from 'vitest';
import { hasBlocks } from './layout.ts';

test.each([
  { env: { LANG: 'en_US.UTF-8' }, platform: 'linux', drawn: true },
  { env: { LANG: 'vi_VN.utf8' }, platform: 'darwin', drawn: true },
  { env: { LC_CTYPE: 'UTF-8' }, platform: 'darwin', drawn: true },
  { env: { LC_ALL: 'C', LANG: 'en_US.UTF-8' }, platform: 'linux', drawn: false },
  { env: { LC_ALL: '', LANG: 'en_US.UTF-8' }, platform: 'linux', drawn: true },
  { env: {}, platform: 'linux', drawn: false },
  { env: {}, platform: 'win32', drawn: true },
  { env: { LANG: 'en_US.UTF-8', NO_COLOR: '1' }, platform: 'linux', drawn: false },
  { env: { LANG: 'en_US.UTF-8', TERM: 'dumb' }, platform: 'linux', drawn: false },
] as const)('block characters with $env on $platform: $drawn', ({ env, platform, drawn }) => {
  expect(hasBlocks(env, platform)).toBe(drawn);
});
