import { type AppSource, type BuiltApp, createAppBuilder } from './app-builder.ts';
import { writeFiles } from './write-files.ts';

/** Builds an app once. */
export async function buildApp(source: AppSource, outDir: string): Promise<BuiltApp> {
  const builder = await createAppBuilder(source, outDir);
  try {
    return await builder.build();
  } finally {
    await builder.dispose();
  }
}

/** Builds an app once and writes it to `outDir`. */
export async function buildAppInto(outDir: string, source: AppSource): Promise<BuiltApp> {
  const built = await buildApp(source, outDir);
  await writeFiles(outDir, built.files);
  return built;
}
