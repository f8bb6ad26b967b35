import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import type { Check } from '@tricloud/deploy';
import type { Home } from '../main.ts';

/** What this machine has to have: Node, npm, a place to build, and the ports of `tricloud dev`. */
export async function* machineChecks({ root, cacheDir }: Home): AsyncIterable<Check> {
  yield nodeCheck(process.versions.node);
  yield await npmCheck();
  yield await cacheCheck(root, cacheDir);
  for (const [what, port] of ports) yield await portCheck(what, port);
}

/** Node 20 is enough to run the command; what is deployed runs on 24. */
export function nodeCheck(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > 20 || (major === 20 && minor >= 19);
  const name = 'node';
  const mend = 'install Node 24 from https://nodejs.org';
  if (!isEnough) return { name, state: 'bad', found: `${version}, and 20.19 is needed`, mend };
  if (major === 24) return { name, state: 'good', found: version, mend: null };
  return { name, state: 'warning', found: `${version}; deployed functions run on 24`, mend };
}

async function npmCheck(): Promise<Check> {
  try {
    const { stdout } = await promisify(execFile)('npm', ['--version'], {
      shell: process.platform === 'win32',
    });
    return { name: 'npm', state: 'good', found: stdout.trim(), mend: null };
  } catch {
    const mend = 'install Node 24 from https://nodejs.org, which brings npm';
    return { name: 'npm', state: 'bad', found: 'not found', mend };
  }
}

async function cacheCheck(root: string, cacheDir: string): Promise<Check> {
  const name = 'cache';
  try {
    await access(cacheDir, constants.W_OK);
    return { name, state: 'good', found: `${cacheDir} can be written to`, mend: null };
  } catch {
    const mend = `chown -R "$(id -un)" ${root}/node_modules`;
    return { name, state: 'bad', found: `${cacheDir} cannot be written to`, mend };
  }
}

const ports = [
  ['console', 4000],
  ['aws', 4001],
  ['google', 4002],
  ['azure', 4003],
] as const;

/** A port that is taken hinders `tricloud dev` alone, and is often `tricloud dev` itself. */
async function portCheck(what: (typeof ports)[number][0], port: number): Promise<Check> {
  const name = `port ${port} (${what})`;
  if (await isFree(port)) return { name, state: 'good', found: 'free', mend: null };
  return { name, state: 'warning', found: 'taken', mend: `tricloud dev --port-${what} 0` };
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}
