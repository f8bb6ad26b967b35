import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stampOf } from './sources.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const cacheDir = join(root, 'node_modules', '.cache', 'tricloud');

/** Runs the command in this process, from a bundle that is built when its sources have changed. */
export async function launch(args) {
  try {
    const run =
      (await runFrom(stampOf(root))) ??
      (await runFrom(await (await import('./bundle.mjs')).bundle({ root, cacheDir })));
    process.exitCode = await run(args, { root, cacheDir });
  } catch (error) {
    // The command reports its own failures; this is a failed build.
    const [line] = String(error?.message ?? error).split('\n');
    console.error(`tricloud: ${line}`);
    const isUnwritable = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(error?.code);
    const hint = isUnwritable
      ? 'the bundle is written below node_modules/.cache, which must be writable'
      : 'npm ci installs what is needed; TRICLOUD_DEBUG=1 shows the stack trace';
    console.error(`hint: ${hint}`);
    if (process.env.TRICLOUD_DEBUG) console.error(error);
    process.exitCode = 1;
  }
  // Output to a pipe may not have been written yet.
  await Promise.all([process.stdout, process.stderr].map(written));
  process.exit();
}

function written(stream) {
  return new Promise((resolve) => stream.write('', resolve));
}

async function runFrom(dir) {
  const file = join(cacheDir, dir, 'tricloud.mjs');
  try {
    return (await import(pathToFileURL(file).href)).run;
  } catch (error) {
    if (error?.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes(file)) return undefined;
    throw error;
  }
}
