import { writeFileSync } from 'node:fs';
import { billedInstances } from '../packages/core/src/billing/instance-time.ts';
import {
  billingOf,
  cells,
  cellSeeds,
  simulateCell,
  trafficOf,
  type SimulatedCell,
} from '../packages/core/src/billing/testing/simulated-cell.ts';

// Compares the model of instance time with the simulation on the whole grid, in about three minutes.
// With --write, stores the part of the grid that the tests read.

const arrivals = 50_000;
const stored = {
  inFlight: new Set([0.001, 0.1, 1, 5, 20, 60, 200, 1000]),
  durationMs: new Set([20, 100, 1000, 10_000]),
};
const grid = cells({
  concurrency: [1, 2, 5, 10, 80, 1000],
  inFlight: [0.001, 0.01, 0.1, 0.3, 1, 2, 5, 10, 20, 38, 60, 100, 200, 500, 1000],
  durationMs: [20, 50, 100, 150, 250, 1000, 10_000],
});

interface Compared extends SimulatedCell {
  /** Model by simulation, less one. */
  readonly difference: number;
}

const compared = grid.map((cell): Compared => {
  const simulated = simulateCell(cell, arrivals);
  const model = billedInstances(trafficOf(cell), billingOf(cell));
  return { ...simulated, difference: model / simulated.instances - 1 };
});

printTable();
if (process.argv.includes('--write')) writeStored();

function printTable(): void {
  console.log('| concurrency | minimum | cells | lowest | highest | mean | standard error |');
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  for (const name of new Set(compared.map(nameOf))) {
    console.log(`| ${name} | ${summary(compared.filter((row) => nameOf(row) === name))} |`);
  }
  console.log(`| all | | ${summary(compared)} |`);
}

function nameOf({ concurrency, minimumMs }: Compared): string {
  return `${concurrency} | ${minimumMs} ms`;
}

function summary(rows: readonly Compared[]): string {
  const differences = rows.map((row) => row.difference).toSorted((a, b) => a - b);
  const mean = differences.reduce((sum, each) => sum + Math.abs(each), 0) / rows.length;
  const error = Math.max(...rows.map((row) => row.error));
  const [lowest = 0] = differences;
  const cellsOf = [lowest, differences.at(-1) ?? 0, mean, error].map(percent);
  return [rows.length, ...cellsOf].join(' | ');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** One row a line: concurrency, in flight, duration, minimum, instances, standard error as a share. */
function writeStored(): void {
  const rows = compared
    .filter((row) => stored.inFlight.has(row.inFlight) && stored.durationMs.has(row.durationMs))
    .map((row) =>
      JSON.stringify([
        row.concurrency,
        row.inFlight,
        row.durationMs,
        row.minimumMs,
        row.instances,
        row.error,
      ]),
    );
  const path = '../packages/core/src/billing/testing/simulated-instances.json';
  writeFileSync(
    new URL(path, import.meta.url),
    `{"seeds":${JSON.stringify(cellSeeds)},"arrivals":${arrivals},"cells":[\n${rows.join(',\n')}\n]}\n`,
  );
}
