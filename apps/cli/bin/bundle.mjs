import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundledWorkspaces, stampOf } from './sources.mjs';

/** npm packages that are bundled: they have no native parts and load faster this way. */
const inlined = new Set(['commander', 'valibot', 'globby']);

/**
 * Bundles the command and the processes that it forks, and returns the name of the bundle's folder. Concurrent runs
 * build in folders of their own, and the first to finish renames its folder.
 */
export async function bundle({ root, cacheDir }) {
  const stamp = stampOf(root);
  const dir = join(cacheDir, stamp);
  if (!isComplete(dir)) await buildInto(root, dir, join(cacheDir, `building-${randomUUID()}`));
  // A file that was saved meanwhile may be missing from the bundle.
  if (stampOf(root) !== stamp) return bundle({ root, cacheDir });
  prune(cacheDir, stamp);
  return stamp;
}

async function buildInto(root, dir, building) {
  mkdirSync(building, { recursive: true });
  try {
    await build(buildOptions(root, building));
    moveInto(building, dir);
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    const [first] = error?.errors ?? [];
    if (first === undefined) throw error;
    const { file, line, column } = first.location ?? {};
    const where = file === undefined ? '' : `${file}:${line}:${column}: `;
    throw new Error(`building failed: ${where}${first.text}`, { cause: error });
  }
}

/** A complete bundle of another run is kept; an incomplete one is replaced. */
function moveInto(building, dir) {
  try {
    renameSync(building, dir);
  } catch (error) {
    if (error?.code !== 'ENOTEMPTY' && error?.code !== 'EEXIST') throw error;
    const isKept = isComplete(dir);
    rmSync(isKept ? building : dir, { recursive: true, force: true });
    if (!isKept) renameSync(building, dir);
  }
}

function isComplete(dir) {
  return existsSync(join(dir, 'tricloud.mjs'));
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
    // CommonJS in the bundle requires Node's own modules.
    banner: {
      js: "import { createRequire as bundledRequire } from 'node:module'; const require = bundledRequire(import.meta.url);",
    },
    logLevel: 'silent',
    plugins: [{ name: 'external', setup: (plugin) => keepExternal(plugin, root) }],
  };
}

/** The files that our packages fork, by their names in the bundle's folder. */
function processes(root) {
  const entries = bundledWorkspaces(root).flatMap((dir) => {
    const { tricloud } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
    return Object.entries(tricloud?.processes ?? {}).map(([name, file]) => [name, join(dir, file)]);
  });
  return Object.fromEntries(entries);
}

/** Does not bundle npm packages, except those that are inlined and what these import. */
function keepExternal({ onResolve, resolve }, root) {
  onResolve({ filter: /^[^./]/ }, async ({ path, importer, kind, resolveDir, pluginData }) => {
    if (
      pluginData === resolving ||
      kind === 'entry-point' ||
      path.startsWith('node:') ||
      path.startsWith('#')
    )
      return undefined;
    const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/');
    if (name.startsWith('@tricloud/') || inlined.has(name)) return undefined;
    if (importer.includes('/node_modules/')) return undefined;
    if (existsSync(join(root, 'node_modules', name))) return { path, external: true };
    // npm may install a package in the workspace that depends on it, where the bundle does not look.
    const found = await resolve(path, { kind, importer, resolveDir, pluginData: resolving });
    return { path: pathToFileURL(found.path).href, external: true };
  });
}

const resolving = Symbol('resolving');

/** Removes bundles older than a day except the latest four: a running command may still load parts of its own. */
function prune(cacheDir, current) {
  const dayMs = 24 * 60 * 60 * 1000;
  const others = readdirSync(cacheDir)
    .filter((name) => /^([0-9a-f]{16}|building-.*)$/.test(name) && name !== current)
    .map((name) => join(cacheDir, name))
    .map((dir) => ({ dir, ms: statSync(dir, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.ms - a.ms);
  for (const { dir, ms } of others.slice(3)) {
    if (Date.now() - ms > dayMs) rmSync(dir, { recursive: true, force: true });
  }
}
