// Plans all three clouds as the first command after an install: the command's own bundle is not built yet.
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from '../apps/cli/bin/bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// Below node_modules, where the packages that stay outside the bundle are found.
const cacheDir = join(root, 'node_modules', '.cache', `tricloud-bench-${randomUUID()}`);
process.once('exit', () => rmSync(cacheDir, { recursive: true, force: true }));

const dir = await bundle({ root, cacheDir });
const { run } = await import(pathToFileURL(join(cacheDir, dir, 'tricloud.mjs')).href);
process.exit(await run(process.argv.slice(2), { root, cacheDir }));
