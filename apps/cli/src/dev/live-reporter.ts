import { type ProviderId, providerIds } from '@tricloud/core';
import type { InvocationRecord } from '@tricloud/local-cloud';
import { milliseconds } from '../numbers.ts';
import { type Column, tableLines } from '../table.ts';
import type { Output, Paint } from '../terminal.ts';
import { eventLines } from './lines.ts';
import type { Reporter } from './reporter.ts';

/** Totals of one runtime in the table. */
interface Tally {
  url: string;
  requests: number;
  failures: number;
  coldStarts: number;
  totalMs: number;
  last: InvocationRecord | undefined;
}

/**
 * Prints lines above a table of the runtimes that stays at the bottom of the terminal. Events within one frame are drawn
 * together, so that a thousand requests do not draw a thousand tables.
 */
export function liveReporter(
  output: Output,
  paint: Paint,
  schedule: (draw: () => void) => void = (draw) => setTimeout(draw, 40).unref(),
): Reporter {
  const tallies = new Map<ProviderId, Tally>();
  let pending: string[] = [];
  let drawn = 0;
  let isScheduled = false;

  const draw = () => {
    isScheduled = false;
    const table = tallies.size === 0 ? [] : tallyLines(tallies, paint, output.columns ?? 80);
    // Moves up to the table's first line (CUU) and erases the rest (ED).
    const erased = drawn === 0 ? '' : `\u001b[${drawn}A\r\u001b[J`;
    output.write(erased + [...pending, ...table].map((line) => `${line}\n`).join(''));
    pending = [];
    drawn = table.length;
  };
  const say = (lines: readonly string[]) => {
    pending.push(...lines);
    if (isScheduled) return;
    isScheduled = true;
    schedule(draw);
  };

  return {
    event: (event) => {
      if (event.type === 'ready') tallies.set(event.provider, tallyFor(event.url));
      if (event.type === 'record') count(tallies.get(event.record.provider), event.record);
      say(eventLines(event, paint, output.columns));
    },
    compared: ({ lines }) => say(['', ...lines, '']),
    console: (url) => say([`console ${url}`]),
    note: (text) => say([paint('dim', `note: ${text}`)]),
    end: draw,
  };
}

function tallyFor(url: string): Tally {
  return { url, requests: 0, failures: 0, coldStarts: 0, totalMs: 0, last: undefined };
}

function count(tally: Tally | undefined, record: InvocationRecord): void {
  if (tally === undefined) return;
  tally.requests += 1;
  tally.failures += record.status >= 500 ? 1 : 0;
  tally.coldStarts += record.coldStart ? 1 : 0;
  tally.totalMs += record.durationMs;
  tally.last = record;
}

interface TallyColumn extends Column {
  readonly cell: (tally: Tally) => string;
}

const tallyColumns: readonly TallyColumn[] = [
  { title: 'requests', align: 'right', cell: ({ requests }) => String(requests) },
  { title: 'failed', align: 'right', cell: ({ failures }) => String(failures) },
  { title: 'cold', align: 'right', cell: ({ coldStarts }) => String(coldStarts) },
  {
    title: 'mean',
    align: 'right',
    cell: ({ requests, totalMs }) => (requests === 0 ? '-' : milliseconds(totalMs / requests)),
  },
  { title: 'last', align: 'right', cell: ({ last }) => String(last?.status ?? '-') },
];

/** Columns that a narrow terminal leaves out, in this order; the URL always stays. */
const dispensable = ['cold', 'last', 'mean', 'failed'];

function tallyLines(
  tallies: ReadonlyMap<ProviderId, Tally>,
  paint: Paint,
  columns: number,
  leftOut = 0,
): readonly string[] {
  const without = new Set(dispensable.slice(0, leftOut));
  const shown = tallyColumns.filter(({ title }) => !without.has(title));
  const lines = tableLines(
    [{ title: 'runtime' }, ...shown, { title: '' }],
    // The order of the rows is fixed.
    providerIds.flatMap((id) => {
      const tally = tallies.get(id);
      return tally === undefined ? [] : [[id, ...shown.map(({ cell }) => cell(tally)), tally.url]];
    }),
  );
  // A line that the terminal wraps takes two of its lines, and only one would be erased.
  if (leftOut < dispensable.length && lines.some((line) => line.length >= columns)) {
    return tallyLines(tallies, paint, columns, leftOut + 1);
  }
  const [titles = '', ...rows] = lines.map((line) => line.slice(0, columns - 1));
  return ['', paint('bold', titles), ...rows];
}
