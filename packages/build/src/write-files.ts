import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BuiltFile } from './provider-app.ts';

/** Writes every file under a temporary name first and renames it, so that no reader sees half a file. */
export async function writeFiles(dir: string, files: readonly BuiltFile[]): Promise<void> {
  const renames = await Promise.all(
    files.map(async (file) => {
      const to = path.join(dir, file.path);
      const from = `${to}.${process.pid}.new`;
      await mkdir(path.dirname(to), { recursive: true });
      await writeFile(from, file.contents);
      return { from, to };
    }),
  );
  // Only now: files of one build appear together.
  await Promise.all(renames.map(({ from, to }) => rename(from, to)));
}
