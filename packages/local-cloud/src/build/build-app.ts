import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type BuildAppOptions,
  type BuiltApp,
  type BuiltFile,
  createAppBuilder,
} from './app-builder.ts';

/** Builds an app once and writes to `outDir` what would be deployed. */
export async function buildApp(options: BuildAppOptions): Promise<BuiltApp> {
  const builder = await createAppBuilder(options);
  try {
    const built = await builder.build();
    await writeApp(options.outDir, built.files);
    return built;
  } finally {
    await builder.dispose();
  }
}

/** Writes every file aside first and then into its place, so that a reader meets whole files only. */
export async function writeApp(outDir: string, files: readonly BuiltFile[]): Promise<void> {
  const aside = files.map((file) => ({
    from: path.join(outDir, `${file.path}.${process.pid}.new`),
    to: path.join(outDir, file.path),
    contents: file.contents,
  }));
  await mkdir(outDir, { recursive: true });
  await Promise.all(
    aside.map(async (file) => {
      await mkdir(path.dirname(file.to), { recursive: true });
      await writeFile(file.from, file.contents);
    }),
  );
  await Promise.all(aside.map((file) => rename(file.from, file.to)));
}
