import { writeFile } from 'node:fs/promises';
import { type ProviderId, providerIds } from '@tricloud/core';
import type { Found, Reader, Wanted } from './found.ts';
import { PriceInterfaceError } from './price-interface-error.ts';
import type { AwsQuery, AzureQuery, GoogleQuery, Query } from './query-schema.ts';
import { reportOf, type RowReport, type Task } from './row-report.ts';
import { rewrite } from './price-list-text.ts';
import type { PriceListFile } from './price-lists.ts';
import { updatedPriceList } from './updated-price-list.ts';

/** The interfaces that are asked; one that is missing is not. */
export interface Readers {
  readonly aws?: Reader<AwsQuery>;
  readonly azure?: Reader<AzureQuery>;
  readonly google?: Reader<GoogleQuery>;
}

/** What was learned of one provider. */
export interface ProviderReport {
  readonly provider: ProviderId;
  /** The interface could not be read; nothing is known of its lists. */
  readonly error?: string;
  readonly rows: readonly RowReport[];
  /** The files that were written. */
  readonly written: readonly string[];
}

/** Holds the lists of every provider that has a reader against its interface, and writes those of a provider of which everything could be read. */
export async function refresh(
  lists: readonly PriceListFile[],
  readers: Readers,
  { write, today }: { readonly write: boolean; readonly today: string },
): Promise<readonly ProviderReport[]> {
  const reports: ProviderReport[] = [];
  for (const provider of providerIds) {
    if (readers[provider] === undefined) continue;
    const own = lists.filter(({ data }) => data.service.startsWith(`${provider}-`));
    reports.push(await refreshProvider(provider, own, readers, { write, today }));
  }
  return reports;
}

/** Whether everything that has a query could be read. */
export function isWhole({ error, rows }: ProviderReport): boolean {
  return error === undefined && rows.every(({ status }) => status !== 'problem');
}

async function refreshProvider(
  provider: ProviderId,
  lists: readonly PriceListFile[],
  readers: Readers,
  { write, today }: { readonly write: boolean; readonly today: string },
): Promise<ProviderReport> {
  const tasks = lists.flatMap((list) => list.rows.map((row) => taskOf(list, row)));
  let rows: readonly RowReport[];
  try {
    const found = await ask(tasks, readers);
    rows = tasks.map((task) => reportOf(task, found.get(task)));
  } catch (error) {
    if (!(error instanceof PriceInterfaceError)) throw error;
    return { provider, error: error.message, rows: [], written: [] };
  }
  const report: ProviderReport = { provider, rows, written: [] };
  if (!write || !isWhole(report)) return report;
  const written: string[] = [];
  for (const list of lists) {
    const text = await rewrite(list.text, updatedPriceList(list.data, rows, today));
    if (text === list.text) continue;
    await writeFile(list.path, text);
    written.push(list.path);
  }
  return { ...report, written };
}

function taskOf(list: PriceListFile, row: Task['row']): Task {
  const query = queryOf(list, row);
  const asked = query !== undefined && 'region' in query ? query.region : undefined;
  return { list, row, query, region: asked ?? row.region };
}

/** The query of a price; one that names the region or a group of it goes before one that does not. */
export function queryOf(
  { data, queries }: Pick<PriceListFile, 'data' | 'queries'>,
  { id, region }: { readonly id: string; readonly region: string },
): Query | undefined {
  const ofPrice = queries?.queries.filter(({ prices }) => prices.includes(id)) ?? [];
  const isNamed = (name: string) => name === region || data.regions[name]?.includes(region);
  return (
    ofPrice.find(({ regions }) => regions?.some(isNamed) === true) ??
    ofPrice.find(({ regions }) => regions === undefined)
  );
}

type Answers = ReadonlyMap<Task, Found>;

async function ask(tasks: readonly Task[], readers: Readers): Promise<Answers> {
  const answers = new Map<Task, Found>();
  const through = async <Q>(
    reader: Reader<Q> | undefined,
    pick: (query: Query) => Q | undefined,
  ) => {
    if (reader === undefined) return;
    const wanted: (Wanted<Q> & { readonly task: Task })[] = tasks.flatMap((task) => {
      const query = task.query === undefined ? undefined : pick(task.query);
      return query === undefined ? [] : [{ task, query, region: task.region }];
    });
    if (wanted.length === 0) return;
    const found = await reader(wanted);
    for (const [index, { task }] of wanted.entries()) {
      answers.set(task, found[index] ?? { problem: 'it was not answered' });
    }
  };
  await through(readers.aws, (query) => ('aws' in query ? query.aws : undefined));
  await through(readers.google, (query) => ('google' in query ? query.google : undefined));
  await through(readers.azure, (query) => ('azure' in query ? query.azure : undefined));
  return answers;
}
