import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stampOf } from './sources.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const cacheDir = join(root, 'node_modules', '.cache', 'tricloud');

/** Runs the command in this very process, from a bundle that is built when its sources changed. */
export async function launch(args) {
  try {
    const stamp = stampOf(root);
    const run =
      (await runFrom(knownBundle(stamp))) ??
      (await runFrom(await (await import('./bundle.mjs')).bundle({ root, cacheDir, stamp })));
    process.exitCode = await run(args, { root, cacheDir });
  } catch (error) {
    // What the command itself expects to fail it has told already; this is a build that failed.
    const [line] = String(error?.message ?? error).split('\n');
    console.error(`tricloud: ${line}`);
    const isUnwritable = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(error?.code);
    const hint = isUnwritable
      ? 'what is built is kept below node_modules/.cache, which must be writable'
      : 'npm ci installs what is needed; TRICLOUD_DEBUG=1 shows where it happened';
    console.error(`hint: ${hint}`);
    if (process.env.TRICLOUD_DEBUG) console.error(error);
    process.exitCode = 1;
  }
  // What was written to a pipe may still be on its way; leaving now would cut it off.
  await Promise.all([process.stdout, process.stderr].map(written));
  process.exit();
}

function written(stream) {
  return new Promise((resolve) => stream.write('', resolve));
}

/** The folder that was built from files with this stamp, unless it is not known. */
function knownBundle(stamp) {
  try {
    const known = JSON.parse(readFileSync(join(cacheDir, 'current.json'), 'utf8'));
    return known.stamp === stamp ? known.dir : undefined;
  } catch {
    return undefined;
  }
}

async function runFrom(dir) {
  if (dir === undefined) return undefined;
  const file = join(cacheDir, dir, 'tricloud.mjs');
  try {
    return (await import(pathToFileURL(file).href)).run;
  } catch (error) {
    if (error?.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes(file)) return undefined;
    throw error;
  }
}
