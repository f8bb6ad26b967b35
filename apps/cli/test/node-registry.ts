import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodePackage, thisUser } from '../src/node/node-cache.ts';
import { findNpm, runNpm } from '../src/node/npm.ts';

const name = nodePackage(thisUser()) ?? '';

/** An npm registry that has this platform's package of Node alone, with scripts in place of binaries. */
export async function startNodeRegistry() {
  const folder = await mkdtemp(join(tmpdir(), 'tricloud-node-'));
  const npm = (await findNpm()) ?? '';
  const tarballs = new Map<string, Buffer>();
  const requests: string[] = [];
  let isSilent = false;

  const server = createServer(({ url = '' }, response) => {
    requests.push(url);
    if (isSilent) return;
    const tarball = tarballs.get(url.split('/').at(-1) ?? '');
    if (tarball === undefined) response.end(JSON.stringify(packument()));
    else response.end(tarball);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}`;

  const packument = () => ({
    name,
    'dist-tags': {},
    versions: Object.fromEntries(
      [...tarballs.keys()].map((version) => [
        version,
        { name, version, dist: { tarball: `${url}/${version}` } },
      ]),
    ),
  });

  return {
    /** Requests of npm so far. */
    requests,
    /** Publishes a release whose binary is this shell script. */
    async publish(version: string, script: string): Promise<void> {
      const dir = join(folder, version);
      await mkdir(join(dir, 'bin'), { recursive: true });
      await writeFile(join(dir, 'package.json'), JSON.stringify({ name, version }));
      await writeFile(join(dir, 'bin', 'node'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      const file = (await runNpm(npm, ['pack', '--silent'], { cwd: dir })).trim();
      tarballs.set(version, await readFile(join(dir, file)));
    },
    /** Leaves every request from now on without an answer. */
    fallSilent() {
      isSilent = true;
    },
    /** Environment of a user with an empty cache. */
    async newUser() {
      const cache = await mkdtemp(join(folder, 'user-'));
      const env = {
        XDG_CACHE_HOME: cache,
        npm_config_registry: url,
        npm_config_cache: join(cache, 'npm'),
      };
      return { cache: join(cache, 'tricloud', 'node'), env };
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}
