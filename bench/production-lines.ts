import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Figure, toFigure } from './figure.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Size and complexity of the production code, which is everything but tests, `testing/`, fixtures and data. */
export async function productionLines(): Promise<readonly Figure[]> {
  const files = productionFiles();
  const functions = functionReports(new Set(files));
  return [
    lines('production lines', files, { must: 40_000, aim: 37_000 }),
    lines('production lines of packages/deploy', below(files, 'packages/deploy'), {
      must: 7800,
      aim: 6800,
    }),
    lines(
      'production lines of local-cloud, azure-host, supervisor and build',
      ['local-cloud', 'azure-host', 'supervisor', 'build'].flatMap((name) =>
        below(files, `packages/${name}`),
      ),
      { must: 8200, aim: 7500 },
    ),
    lines(
      'production lines of core and published-bills',
      ['packages/core', 'packages/published-bills', 'tools/published-bills'].flatMap((dir) =>
        below(files, dir),
      ),
      { must: 9700, aim: 9000 },
    ),
    toFigure({
      figure: 'longest function',
      value: Math.max(...functions.flatMap(({ lines: count }) => count ?? [])),
      must: 60,
      aim: 45,
      unit: 'lines',
    }),
    toFigure({
      figure: 'functions with a complexity above 10',
      value: functions.filter(({ lines: count }) => count === undefined).length,
      must: 20,
      aim: 5,
      unit: 'functions',
      note: 'by oxlint; exceptions with an oxlint-disable comment are not counted',
    }),
    toFigure({
      figure: 'installed packages',
      value: installedPackages(),
      must: 770,
      aim: 700,
      unit: 'packages',
      note: 'as `npm ci` counts them on this platform, workspaces included',
    }),
  ];
}

function productionFiles(): readonly string[] {
  const args = ['ls-files', '--deduplicate', 'packages', 'apps', 'tools'];
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((file) => /\.(?:ts|tsx|mjs|cjs)$/.test(file))
    .filter((file) => !/\.test\.ts$|\/test\/|\/testing\/|\.fixture\./.test(file));
}

function below(files: readonly string[], folder: string): readonly string[] {
  return files.filter((file) => file.startsWith(`${folder}/`));
}

function lines(
  figure: string,
  files: readonly string[],
  bounds: { readonly must: number; readonly aim: number },
): Figure {
  const generated = linesOf(files.filter((file) => file.endsWith('.generated.ts')));
  return toFigure({
    figure,
    value: linesOf(files),
    ...bounds,
    unit: 'lines',
    note: `${files.length} files${generated === 0 ? '' : `, ${generated} of the lines generated`}`,
  });
}

function linesOf(files: readonly string[]): number {
  return files
    .map((file) => readFileSync(join(root, file), 'utf8').split('\n').length - 1)
    .reduce((sum, count) => sum + count, 0);
}

interface FunctionReport {
  /** Lines of the function; `undefined` in a report of its complexity. */
  readonly lines: number | undefined;
}

/** A report of every function's length, and one of each whose complexity is above 10. */
function functionReports(files: ReadonlySet<string>): readonly FunctionReport[] {
  const dir = mkdtempSync(join(tmpdir(), 'tricloud-lines-'));
  try {
    const config = join(dir, 'oxlint.json');
    writeFileSync(config, JSON.stringify(oxlintConfig));
    const bin = join(root, 'node_modules', '.bin', 'oxlint');
    const { stdout } = spawnSync(
      bin,
      ['-c', config, '--disable-nested-config', '--format=json', ...files],
      { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 },
    );
    const report: { diagnostics: { message: string }[] } = JSON.parse(stdout);
    return report.diagnostics.map(({ message }) => {
      const [, count] = /too many lines \((\d+)\)/.exec(message) ?? [];
      return { lines: count === undefined ? undefined : Number(count) };
    });
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const oxlintConfig = {
  categories: { correctness: 'off' },
  rules: { complexity: ['error', 10], 'max-lines-per-function': ['error', { max: 1 }] },
};

function installedPackages(): number {
  const installed: { packages: object } = JSON.parse(
    readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8'),
  );
  return Object.keys(installed.packages).filter((path) => path.includes('node_modules/')).length;
}
