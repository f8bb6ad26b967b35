import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundledWorkspaces, contentHashOf, stampOf } from './sources.mjs';

/** Packages from npm that are worth having in the bundle: without native parts, and quicker so. */
const inlined = new Set(['valibot', 'globby']);

/**
 * Builds the command and the processes that it forks, unless a bundle of the same content is there
 * already, and answers with the bundle's folder in the cache. Runs at the same time do not harm
 * each other: each builds in a folder of its own, and the first to be done names it.
 */
export async function bundle({ root, cacheDir, stamp }) {
  mkdirSync(cacheDir, { recursive: true });
  const dir = contentHashOf(root);
  const isBuilt = isFile(join(cacheDir, dir, 'tricloud.mjs'));
  if (!isBuilt) await buildInto(root, cacheDir, dir);
  // A file saved while the bundle was built is in it or is not: nobody knows, so it is built again.
  const now = stampOf(root);
  if (now !== stamp && contentHashOf(root) !== dir) {
    if (!isBuilt) rmSync(join(cacheDir, dir), { recursive: true, force: true });
    return bundle({ root, cacheDir, stamp: now });
  }
  utimesSync(join(cacheDir, dir), new Date(), new Date());
  replaceFile(join(cacheDir, 'current.json'), JSON.stringify({ stamp: now, dir }));
  prune(cacheDir, dir);
  return dir;
}

async function buildInto(root, cacheDir, dir) {
  const building = join(cacheDir, `building-${randomUUID()}`);
  try {
    await build(buildOptions(root, building));
    moveInto(building, join(cacheDir, dir));
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    const [first] = error?.errors ?? [];
    if (first === undefined) throw error;
    const { file, line, column } = first.location ?? {};
    const where = file === undefined ? '' : `${file}:${line}:${column}: `;
    throw new Error(`building failed: ${where}${first.text}`, { cause: error });
  }
}

/** A whole bundle that somebody else was first with stays; the rest of one makes way. */
function moveInto(building, target) {
  try {
    renameSync(building, target);
  } catch (error) {
    if (error?.code !== 'ENOTEMPTY' && error?.code !== 'EEXIST') throw error;
    const isWhole = isFile(join(target, 'tricloud.mjs'));
    rmSync(isWhole ? building : target, { recursive: true, force: true });
    if (!isWhole) renameSync(building, target);
  }
}

function buildOptions(root, outdir) {
  return {
    absWorkingDir: root,
    entryPoints: { tricloud: 'apps/cli/src/main.ts', ...processes(root) },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    chunkNames: '[name]-[hash]',
    // What is CommonJS in the bundle asks for Node's own modules by `require`.
    banner: {
      js: "import { createRequire as bundledRequire } from 'node:module'; const require = bundledRequire(import.meta.url);",
    },
    logLevel: 'silent',
    plugins: [{ name: 'external', setup: keepExternal }],
  };
}

/** The files that our packages fork, by the name each is to have beside the command's bundle. */
function processes(root) {
  return Object.fromEntries(
    bundledWorkspaces(root).flatMap((dir) => {
      const { tricloud } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
      return Object.entries(tricloud?.processes ?? {}).map(([name, file]) => [
        name,
        join(dir, file),
      ]);
    }),
  );
}

/** Leaves packages from npm where they are, save those that are inlined and what these import. */
function keepExternal({ onResolve }) {
  onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
    if (kind === 'entry-point' || path.startsWith('node:') || path.startsWith('#'))
      return undefined;
    const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/');
    if (name.startsWith('@tricloud/') || inlined.has(name)) return undefined;
    if (importer.includes('/node_modules/')) return undefined;
    return { path, external: true };
  });
}

/**
 * Removes old bundles. A command that is still running may load more of its bundle later, so the
 * latest ones stay, and so does what was built within the last day.
 */
function prune(cacheDir, current) {
  const dayMs = 24 * 60 * 60 * 1000;
  const bundles = readdirSync(cacheDir)
    .filter((name) => /^([0-9a-f]{16}|building-.*)$/.test(name) && name !== current)
    .map((name) => ({ name, usedMs: modifiedMs(join(cacheDir, name)) }))
    .sort((a, b) => b.usedMs - a.usedMs);
  for (const { name } of bundles.slice(3).filter(({ usedMs }) => Date.now() - usedMs > dayMs)) {
    rmSync(join(cacheDir, name), { recursive: true, force: true });
  }
}

function replaceFile(file, content) {
  const whole = `${file}.${process.pid}`;
  writeFileSync(whole, content);
  renameSync(whole, file);
}

function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function modifiedMs(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
