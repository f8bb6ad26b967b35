import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Figure, toFigure } from './figure.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Lines of core and of the published bills, without tests, data and `testing/`. */
export async function productionLines(): Promise<readonly Figure[]> {
  const listed = execFileSync('git', ['ls-files', 'packages/core', 'packages/published-bills'], {
    cwd: root,
    encoding: 'utf8',
  });
  const files = listed
    .split('\n')
    .filter((file) => /\.(?:ts|tsx|mjs|cjs)$/.test(file))
    .filter((file) => !/\.test\.ts$|\/test\/|\/testing\//.test(file));
  const linesOf = (file: string) => readFileSync(`${root}${file}`, 'utf8').split('\n').length - 1;
  const written = files.filter((file) => !file.endsWith('.generated.ts'));
  const generated = files.filter((file) => file.endsWith('.generated.ts'));
  const sum = (some: readonly string[]) => some.reduce((lines, file) => lines + linesOf(file), 0);
  return [
    toFigure({
      figure: 'production lines of core and published-bills',
      value: sum(files),
      must: 9_700,
      aim: 9_000,
      unit: 'lines',
      digits: 0,
      note: `${files.length} files; ${sum(generated)} of the lines are the two generated indexes, ${sum(written)} are written`,
    }),
  ];
}
