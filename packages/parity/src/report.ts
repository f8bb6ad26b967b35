import type { RuntimeResults } from './agree.ts';
import type { CaseResult } from './contract.ts';

type Status = CaseResult['status'];

/** The parity of several runtimes, as `tricloud parity --json` prints it. */
export interface ParityReport {
  readonly passed: number;
  readonly failed: number;
  readonly impossible: number;
  readonly runtimes: readonly ({ readonly runtime: string } & Readonly<Record<Status, number>>)[];
  readonly cases: readonly {
    readonly id: string;
    readonly title: string;
    /** By runtime; a runtime that the case was not told on is left out. */
    readonly results: Readonly<Record<string, Omit<CaseResult, 'id' | 'title'>>>;
  }[];
}

/** Joins the results of several runtimes by case and counts them. */
export function parityReport(all: readonly RuntimeResults[]): ParityReport {
  const every = all.flatMap(({ results }) => results);
  const titles = new Map(every.map(({ id, title }) => [id, title]));
  return {
    ...count(every),
    runtimes: all.map(({ runtime, results }) => ({ runtime, ...count(results) })),
    cases: [...titles].map(([id, title]) => ({
      id,
      title,
      results: Object.fromEntries(
        all.flatMap(({ runtime, results }) => {
          const own = results.filter((result) => result.id === id);
          return own.map(({ id: _id, title: _title, ...rest }) => [runtime, rest]);
        }),
      ),
    })),
  };
}

/** The same as a table for people: a row a case, a column a runtime, then what failed, what is impossible and what a provider answers in its own way, with reason and source, the counts last. Titles are cut where the table would be wider than asked. */
export function formatParityTable(
  all: readonly RuntimeResults[],
  { width = Infinity }: { readonly width?: number } = {},
): string {
  const report = parityReport(all);
  const runtimes = all.map(({ runtime }) => runtime);
  const widths = runtimes.map((runtime) => Math.max(runtime.length, 'impossible'.length));
  const others = widths.reduce((sum, cell) => sum + 2 + cell, 'P01 '.length + 2);
  const longest = Math.max(4, ...report.cases.map(({ title }) => title.length));
  const titleWidth = Math.max(4, Math.min(longest, width - others));
  const row = (id: string, title: string, cells: readonly string[]) =>
    [
      id.padEnd(4),
      cut(title, titleWidth).padEnd(titleWidth),
      ...cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)),
    ]
      .join('  ')
      .trimEnd();

  const rows = report.cases.map(({ id, title, results }) =>
    row(
      id,
      title,
      runtimes.map((runtime) => words[results[runtime]?.status ?? 'untold']),
    ),
  );
  const sections = [
    [row('case', '', runtimes), ...rows],
    listed(report, 'failed', 'Failed', (result) => [result.detail ?? '']),
    listed(report, 'impossible', 'Impossible', ({ why = '', source = '' }) => [
      why,
      `source: ${source}`,
    ]),
    listed(report, 'passed', 'Passed in the provider’s own way', ({ differences = [] }) =>
      differences.flatMap(({ why, source }) => [why, `source: ${source}`]),
    ),
    [
      ...report.runtimes.map(({ runtime, ...counts }) => `${runtime}: ${sentence(counts)}`),
      `all: ${sentence(report)}`,
    ],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

const words: Readonly<Record<Status | 'untold', string>> = {
  passed: 'passed',
  failed: 'FAILED',
  impossible: 'impossible',
  untold: '-',
};

function count(results: readonly CaseResult[]): Readonly<Record<Status, number>> {
  const of = (status: Status) => results.filter((result) => result.status === status).length;
  return { passed: of('passed'), failed: of('failed'), impossible: of('impossible') };
}

function sentence({ passed, failed, impossible }: Readonly<Record<Status, number>>): string {
  return `${passed} passed, ${failed} failed, ${impossible} impossible`;
}

function listed(
  report: ParityReport,
  status: Status,
  heading: string,
  tell: (result: Omit<CaseResult, 'id' | 'title'>) => readonly string[],
): readonly string[] {
  const lines = report.cases.flatMap(({ id, title, results }) =>
    Object.entries(results).flatMap(([runtime, result]) => {
      const told = result.status === status ? tell(result) : [];
      if (told.length === 0) return [];
      const indented = told.flatMap((text) => text.split('\n').map((line) => `      ${line}`));
      return [`  ${id} ${runtime}: ${title}`, ...indented];
    }),
  );
  return lines.length > 0 ? [heading, ...lines] : [];
}
