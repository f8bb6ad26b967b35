import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deployedRuntime, providerIds } from '@tricloud/core/catalog';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { deployedMajor } from '../src/node/function-node.ts';
import { startNodeRegistry } from './node-registry.ts';
import { linesUntil, root, start, tricloud } from './tricloud.ts';

// A major version that is neither this Node's nor the deployed one.
const other = process.versions.node.startsWith('22.') ? 21 : 22;
const isDeployed = process.versions.node.startsWith(`${deployedMajor}.`);
const folder = (major: number) => `${major}-${process.platform}-${process.arch}`;
const version = (number: string) => `[ "$1" != --version ] || { echo v${number}; exit; }`;

let registry: Awaited<ReturnType<typeof startNodeRegistry>>;
let child: ChildProcess | undefined;

beforeAll(async () => {
  registry = await startNodeRegistry();
  await registry.publish(`${other}.1.0`, version(`${other}.1.0`));
});
afterEach(() => child?.kill('SIGKILL'));
afterAll(() => registry.close());

test('installs the newest release of a major version, and says so in a line', async () => {
  const { cache, env } = await registry.newUser();
  const install = () => tricloud(['node', 'install', `${other}`], { env });
  const path = join(cache, folder(other), 'bin', 'node');
  const saying = (number: string) => ({
    code: 0,
    signal: null,
    stdout: `installed Node ${number}: ${path}\n`,
    stderr: '',
  });
  expect(await install()).toEqual(saying(`${other}.1.0`));

  await registry.publish(
    `${other}.2.0`,
    `${version(`${other}.2.0`)}\nSTAND_IN=yes exec "${process.execPath}" "$@"`,
  );
  env.npm_config_cache += '-2';
  expect(await install()).toEqual(saying(`${other}.2.0`));
  expect(await readdir(cache)).toEqual([folder(other)]);

  const functionFile = join(cache, 'function.mjs');
  await writeFile(
    functionFile,
    'export const handler = () => new Response(process.env.STAND_IN ?? process.execPath);',
  );
  const ports = ['console', ...providerIds].flatMap((id) => [`--port-${id}`, '0']);
  const args = ['--no-watch', '--node', `${other}`, '--function', functionFile, ...ports];
  child = start(['dev', ...args], { env });
  const lines = await linesUntil(child, (all) => all.some((line) => line.startsWith('console ')));
  const urls = lines.flatMap((line) => /^ready \w+ (http:\S+)/.exec(line)?.[1] ?? []);
  const answers = await Promise.all(urls.map(async (url) => (await fetch(url)).text()));
  expect(answers).toEqual(['yes', 'yes', 'yes']);
});

test.each([
  { number: '30.0.0', script: version('29.0.0'), why: 'it is of another major version' },
  { number: '31.0.0', script: 'exit 1', why: 'it does not run' },
])('leaves the cache as it was when what npm installed is not right: $why', async (release) => {
  const major = Number.parseInt(release.number);
  await registry.publish(release.number, release.script);
  const { cache, env } = await registry.newUser();
  await mkdir(join(cache, folder(major)), { recursive: true });
  await writeFile(join(cache, folder(major), 'package.json'), 'as it was');

  const { code, stdout, stderr } = await tricloud(['node', 'install', `${major}`], { env });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(
    /^tricloud: node-[\w-]+@\d+ does not run on this machine\nhint: --node PATH /,
  );
  expect(await readdir(cache)).toEqual([folder(major)]);
  expect(await readFile(join(cache, folder(major), 'package.json'), 'utf8')).toBe('as it was');
});

test('says what npm says of a release that there is not', async () => {
  const { cache, env } = await registry.newUser();
  const { code, stderr } = await tricloud(['node', 'install', '99'], { env });

  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^tricloud: npm could not install (\S+@99): No matching version found for \1\.\nhint: --node PATH /,
  );
  expect(await readdir(cache)).toEqual([]);
});

test('removes what a killed installation left, and not what one is still writing', async () => {
  const { cache, env } = await registry.newUser();
  await mkdir(join(cache, 'installing-old'), { recursive: true });
  await utimes(join(cache, 'installing-old'), 0, 0);
  await mkdir(join(cache, 'installing-new'));
  await mkdir(join(cache, folder(other)));
  await utimes(join(cache, folder(other)), 0, 0);
  await tricloud(['node', 'install', '99'], { env });

  expect(await readdir(cache)).toEqual([folder(other), 'installing-new']);
});

test('lists the Node of each cloud, and says how to get the deployed one', async () => {
  const { env } = await registry.newUser();
  const { code, stdout, stderr } = await tricloud(['node'], { env });
  const rows = stdout.trimEnd().split('\n');

  expect(code).toBe(0);
  expect(rows.map((row) => row.split(/ {2,}/))).toEqual(
    providerIds.map((id) => [
      id,
      deployedRuntime(id).id,
      `Node ${process.versions.node}`,
      process.execPath,
    ]),
  );
  expect(stderr.includes('; npx tricloud node install installs Node')).toBe(!isDeployed);
});

test('finds the installed Node of the deployed major version', async () => {
  const { cache, env } = await registry.newUser();
  await mkdir(join(cache, folder(deployedMajor)), { recursive: true });
  await writeFile(
    join(cache, folder(deployedMajor), 'package.json'),
    JSON.stringify({ version: `${deployedMajor}.99.0` }),
  );
  const { stdout, stderr } = await tricloud(['node'], { env });
  const doctor = await tricloud(['doctor', 'aws'], { env });

  expect(stderr).toBe('');
  const found = isDeployed ? process.versions.node : `${deployedMajor}.99.0`;
  expect(stdout).toContain(`Node ${found}  `);
  expect(doctor.stdout).toContain(`ok    here    node for functions: ${found} at `);
});

test('doctor names the command that installs the deployed Node', async () => {
  const { env } = await registry.newUser();
  const { stdout } = await tricloud(['doctor', 'aws'], { env });
  const line = stdout.split('\n').find((each) => each.includes('node for functions'));

  expect(line?.endsWith('  ->  npx tricloud node install')).toBe(!isDeployed);
});

test.each([
  {
    args: ['node', 'install', 'lts'],
    says: `tricloud: MAJOR must be a whole number from 1 to 999, not "lts"\n`,
    code: 2,
  },
  { args: ['node', 'remove'], says: 'tricloud: node has no action remove\n', code: 2 },
  {
    args: ['node', 'install', '24', '22'],
    says: 'tricloud: node install takes one MAJOR, not also 22\n',
    code: 2,
  },
  {
    args: ['dev', '--node', '98'],
    says: 'tricloud: Node 98 is not installed\nhint: npx tricloud node install 98\n',
    code: 1,
  },
  {
    args: ['parity', '--node', '98'],
    says: 'tricloud: Node 98 is not installed\nhint: npx tricloud node install 98\n',
    code: 1,
  },
  {
    args: ['azure-host', join(root, 'apps/azure-functions'), '--node', '98'],
    says: 'tricloud: Node 98 is not installed\nhint: npx tricloud node install 98\n',
    code: 1,
  },
])('$args is refused', async ({ args, says, code }) => {
  const { env } = await registry.newUser();
  const result = await tricloud(args, { env });

  expect(result.code).toBe(code);
  expect(result.stderr.startsWith(says)).toBe(true);
});

test('an interrupted installation leaves nothing', async () => {
  registry.fallSilent();
  const { cache, env } = await registry.newUser();
  const before = registry.requests.length;
  child = start(['node', 'install'], { env });
  await expect.poll(() => registry.requests.length, { timeout: 20_000 }).toBeGreaterThan(before);
  child.kill('SIGINT');

  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(await readdir(cache)).toEqual([]);
});
