import { access, constants } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Check } from '@tricloud/deploy';
import type { Home } from '../command-line/action.ts';
import { deployedMajor, functionNode, installCommand } from '../node/function-node.ts';
import { findNpm, runNpm } from '../node/npm.ts';

/** Checks this machine: Node, npm, the build cache, and the ports of `tricloud dev`. */
export async function* machineChecks({ root, cacheDir }: Home): AsyncIterable<Check> {
  yield nodeCheck(process.versions.node);
  yield await functionNodeCheck();
  yield await npmCheck();
  yield await cacheCheck(root, cacheDir);
  for (const [what, port] of ports) yield await portCheck(what, port);
}

/** Node that runs the command. */
export function nodeCheck(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > 20 || (major === 20 && minor >= 19);
  const name = 'node';
  if (isEnough) return { name, state: 'good', found: version, mend: null };
  const found = `${version}, and 20.19 is needed`;
  return { name, state: 'bad', found, mend: installNodeHint };
}

async function functionNodeCheck(): Promise<Check> {
  const name = 'node for functions';
  const { version, path, note } = await functionNode(undefined);
  if (note === undefined) {
    return { name, state: 'good', found: `${version} at ${path}`, mend: null };
  }
  const found = `${version}; deployed functions run on ${deployedMajor}`;
  return { name, state: 'warning', found, mend: installCommand };
}

async function npmCheck(): Promise<Check> {
  const name = 'npm';
  const npm = await findNpm();
  if (npm === undefined) return { name, state: 'bad', found: 'not found', mend: installNodeHint };
  const version = await runNpm(npm, ['--version']);
  return { name, state: 'good', found: version.trim(), mend: null };
}

const installNodeHint = `install Node ${deployedMajor} and npm from https://nodejs.org`;

async function cacheCheck(root: string, cacheDir: string): Promise<Check> {
  const name = 'cache';
  try {
    await access(cacheDir, constants.W_OK);
    return { name, state: 'good', found: `${cacheDir} is writable`, mend: null };
  } catch {
    const mend = `chown -R "$(id -un)" ${root}/node_modules`;
    return { name, state: 'bad', found: `${cacheDir} is not writable`, mend };
  }
}

const ports = [
  ['console', 4000],
  ['aws', 4001],
  ['google', 4002],
  ['azure', 4003],
] as const;

/** A port in use matters to `tricloud dev` only, and is often used by it. */
async function portCheck(what: (typeof ports)[number][0], port: number): Promise<Check> {
  const name = `port ${port} (${what})`;
  if (await isFree(port)) return { name, state: 'good', found: 'free', mend: null };
  return { name, state: 'warning', found: 'in use', mend: `npx tricloud dev --port-${what} 0` };
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
