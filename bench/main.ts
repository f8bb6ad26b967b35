import type { Figure } from './figure.ts';

type Measure = () => Promise<readonly Figure[]> | readonly Figure[];

// In the order of the table; each is loaded when its turn comes, so that one does not warm another.
const measures: Readonly<Record<string, () => Promise<Measure>>> = {
  cli: async () => (await import('./cli.ts')).cliFigures,
  'azure-host': async () => (await import('./azure-host.ts')).azureHostFigures,
  'to-lambda': async () => (await import('./to-lambda.ts')).toLambdaFigures,
  'bundle-size': async () => (await import('./bundle-size.ts')).bundleSizes,
  'local-cloud': async () => (await import('./local-cloud.ts')).localCloudFigures,
  comparison: async () => (await import('./comparison.ts')).comparison,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(measures, name));
if (unknown.length > 0) {
  console.error(`no figures ${unknown.join(', ')}; there are ${Object.keys(measures).join(', ')}`);
  process.exit(2);
}

const figures: Figure[] = [];
for (const [name, load] of Object.entries(measures)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stderr.write(`measuring ${name} ...\n`);
  figures.push(...(await measured(name, load)));
}
process.stdout.write(`${table(figures)}\n`);

/** What cannot be measured is a row of its own: the others are still worth reading. */
async function measured(name: string, load: () => Promise<Measure>): Promise<readonly Figure[]> {
  try {
    const measure = await load();
    return await measure();
  } catch (error) {
    const [why] = String(error).split('\n');
    return [{ figure: name, must: '', aim: '', measured: why ?? '', verdict: 'not measured' }];
  }
}

function table(rows: readonly Figure[]): string {
  const columns = ['figure', 'must', 'aim', 'measured', 'verdict'] as const;
  const widths = columns.map((key) => Math.max(key.length, ...rows.map((row) => row[key].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [
    line(columns),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map((row) => line(columns.map((key) => row[key]))),
  ].join('\n');
}
