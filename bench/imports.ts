import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { type Figure, toFigure } from './figure.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const command = 'apps/cli/src/commands/deploy.ts';

/** How many files of ours `tricloud deploy` loads before it runs. */
export async function importFigures(): Promise<readonly Figure[]> {
  const files = await staticImports(command);
  const counts = new Map<string, number>();
  for (const file of files) {
    const workspace = file.split('/').slice(0, 2).join('/');
    counts.set(workspace, (counts.get(workspace) ?? 0) + 1);
  }
  return [
    toFigure({
      figure: `files that ${command} imports statically, transitively`,
      value: files.length,
      must: 200,
      aim: 140,
      unit: 'files',
      note: [...counts].map(([workspace, count]) => `${workspace} ${count}`).join(', '),
    }),
  ];
}

/** Files of the repository that are loaded with `entry`, data included; type imports load nothing. */
async function staticImports(entry: string): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    outdir: 'dist',
    write: false,
    metafile: true,
    logLevel: 'silent',
    plugins: [onlyOurs],
  });
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { path, kind, external } of metafile.inputs[file]?.imports ?? []) {
      if (external !== true && kind !== 'dynamic-import') visit(path);
    }
  };
  visit(entry);
  return [...seen];
}

const onlyOurs: Plugin = {
  name: 'only-ours',
  setup(bundle) {
    bundle.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@tricloud/')
        ? undefined
        : { path, external: true },
    );
  },
};
