import { cpus, loadavg } from 'node:os';
import { endOnSignals } from './ending.ts';
import type { Figure } from './figure.ts';

type Measure = () => Promise<readonly Figure[]>;

/** A value that is held against its bounds here, not where it is measured. */
interface Value {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly detail?: string;
}

// In the order of the table, but for the memory.
// Each is loaded when its turn comes, so that one does not warm another.
const measures: Readonly<Record<string, Measure>> = {
  cli: async () => (await import('./cli.ts')).cliFigures(),
  'azure-host': async () => (await import('./azure-host.ts')).azureHostFigures(),
  'to-lambda': async () => toLambda(await (await import('./to-lambda.ts')).toLambdaFigures()),
  'bundle-size': async () => (await import('./bundle-size.ts')).bundleSizes(),
  deploy: async () => (await import('./deploy.ts')).deployFigures(),
  'local-cloud': async () => (await import('./local-cloud.ts')).localCloudFigures(),
  'deploy-aws': async () => (await import('./deploy-aws.ts')).deployAwsFigures(),
  'published-bills': async () => (await import('./published-bills.ts')).publishedBills(),
  bill: async () => (await import('./bill.ts')).billFigures(),
  comparison: async () => (await import('./comparison.ts')).comparisonFigures(),
  imports: async () => (await import('./imports.ts')).importFigures(),
  lines: async () => (await import('./production-lines.ts')).productionLines(),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(measures, name));
if (unknown.length > 0) {
  console.error(`no figures ${unknown.join(', ')}; there are ${Object.keys(measures).join(', ')}`);
  process.exit(2);
}

endOnSignals();
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(measures)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stderr.write(`measuring ${name} ...\n`);
  figures.push(...(await measured(name, measure)));
}
// Measured together with the start, told last.
const isMemory = ({ figure }: Figure): boolean => figure.startsWith('memory');
const told = [...figures.filter((row) => !isMemory(row)), ...figures.filter(isMemory)];
process.stdout.write(`${[...table(told), '', ...notes(told)].join('\n')}\n`);

/** What cannot be measured is a row of its own: the others are still worth reading. */
async function measured(name: string, measure: Measure): Promise<readonly Figure[]> {
  try {
    return await measure();
  } catch (error) {
    const [why] = String(error).split('\n');
    return [
      { figure: name, must: '', aim: '', measured: '', note: why ?? '', verdict: 'not measured' },
    ];
  }
}

/** Two bounds against two others: at most 0.8 of hono's time, and less than serverless-http takes. */
function toLambda(values: readonly Value[]): readonly Figure[] {
  const of = (figure: string) => values.find((value) => value.figure === figure);
  const [own, hono, other] = [
    of('toLambda'),
    of('toLambda / hono/aws-lambda'),
    of('toLambda / serverless-http'),
  ];
  if (own === undefined || hono === undefined || other === undefined) {
    throw new Error(`what was measured is ${values.map(({ figure }) => figure).join(', ')}`);
  }
  return [
    {
      figure: 'toLambda: time per warm HTTP API 2.0 GET',
      must: '0.8× hono/aws-lambda',
      aim: 'below serverless-http',
      measured: `${hono.value.toFixed(2)}× and ${other.value.toFixed(2)}×`,
      note: own.detail ?? '',
      verdict:
        other.value < 1 && hono.value <= 0.8
          ? 'reaches the aim'
          : hono.value <= 0.8
            ? 'reaches the must'
            : 'falls short',
    },
  ];
}

function table(rows: readonly Figure[]): readonly string[] {
  const columns = ['figure', 'must', 'aim', 'measured', 'verdict'] as const;
  const widths = columns.map((key) => Math.max(key.length, ...rows.map((row) => row[key].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [
    line(columns),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map((row) => line(columns.map((key) => row[key]))),
  ];
}

/** How each was measured, and on what: a busy machine measures itself. */
function notes(rows: readonly Figure[]): readonly string[] {
  const load = loadavg()[0]?.toFixed(1) ?? '';
  return [
    ...rows.flatMap(({ figure, note }) => (note === undefined ? [] : [`${figure}: ${note}`])),
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}, load average ${load}`,
  ];
}
