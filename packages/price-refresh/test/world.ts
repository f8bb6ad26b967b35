import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PriceListData, PriceListSchema, regionsOf, rowIn } from '@tricloud/core/parts';
import * as v from 'valibot';
import { onTestFinished } from 'vitest';
import { rewrite } from '../src/price-list-text.ts';
import { run, listsDir } from '../src/run.ts';
import { inColumns } from '../src/updated-price-list.ts';
import { type FakeServer, type Handler, serve } from './fake-server.ts';

/** What the command said and did. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** How long it would have waited, each time. */
  readonly waits: readonly number[];
}

/** Copies of lists that a test may have rewritten. */
export interface Lists {
  readonly dir: string;
  text(name: string): Promise<string>;
  data(name: string): Promise<PriceListData>;
}

/** The key that no output may hold. */
export const KEY = 'AIza-secret-of-the-user';

/** Serves until the test is over. */
export async function fake(handler: Handler): Promise<FakeServer> {
  const server = await serve(handler);
  onTestFinished(() => server.close());
  return server;
}

/** The environment in which all three interfaces are one server. */
export function at({ url }: FakeServer): Record<string, string> {
  return {
    AWS_PRICE_LIST_URL: url,
    AZURE_RETAIL_PRICES_URL: url,
    GOOGLE_BILLING_CATALOG_URL: url,
    GOOGLE_API_KEY: KEY,
  };
}

const home = ['us-east-1', 'us-central1', 'eastus', 'global'];

/** Copies a few lists of core, in one region each, to a folder that is there until the test is over. */
export function copies(...names: readonly string[]): Promise<Lists> {
  return copiesIn(home, ...names);
}

/** Copies a few lists of core with the regions that are named, in one group. */
export async function copiesIn(
  regions: readonly string[],
  ...names: readonly string[]
): Promise<Lists> {
  const dir = await mkdtemp(join(tmpdir(), 'price-refresh-'));
  for (const name of names) {
    const text = await readFile(join(listsDir, `${name}.json`), 'utf8');
    const data = v.parse(PriceListSchema, JSON.parse(text));
    await writeFile(join(dir, `${name}.json`), await rewrite(text, inRegions(data, regions)));
  }
  onTestFinished(() => rm(dir, { recursive: true }));
  const text = (name: string) => readFile(join(dir, `${name}.json`), 'utf8');
  return {
    dir,
    text,
    data: async (name) => v.parse(PriceListSchema, JSON.parse(await text(name))),
  };
}

function inRegions(data: PriceListData, regions: readonly string[]): PriceListData {
  const kept = regionsOf(data).filter((region) => regions.includes(region));
  const [first = ''] = kept;
  const groups = { [kept.length === 1 ? first : 'some']: kept };
  const prices = data.prices.flatMap((price) => {
    const cells = new Map<string, string>();
    for (const region of kept) {
      const row = rowIn(data, price, region);
      if (row !== undefined) cells.set(region, row.tiers.map(({ usd }) => usd).join('/'));
    }
    if (price.usd === undefined) return [price];
    return cells.size === 0 ? [] : [{ ...price, usd: inColumns(groups, cells) }];
  });
  const used = new Set([...prices, ...data.allowances].map(({ source }) => source));
  const sources = Object.fromEntries(Object.entries(data.sources).filter(([key]) => used.has(key)));
  return { ...data, sources, regions: groups, prices };
}

/** Runs the command on 2026-11-23, without waiting. */
export async function command(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ran> {
  let [out, err] = ['', ''];
  const waits: number[] = [];
  const code = await run(args, {
    env,
    now: () => new Date('2026-11-23T10:00:00Z'),
    wait: async (ms) => void waits.push(ms),
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  });
  return { code, out, err, waits };
}
