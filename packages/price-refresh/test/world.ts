import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PriceListData, PriceListSchema } from '@tricloud/core/parts';
import * as v from 'valibot';
import { onTestFinished } from 'vitest';
import { run, listsDir } from '../src/run.ts';
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

/** Copies a few lists of core to a folder that is there until the test is over. */
export async function copies(...names: readonly string[]): Promise<Lists> {
  const dir = await mkdtemp(join(tmpdir(), 'price-refresh-'));
  for (const name of names) {
    await copyFile(join(listsDir, `${name}.json`), join(dir, `${name}.json`));
  }
  onTestFinished(() => rm(dir, { recursive: true }));
  const text = (name: string) => readFile(join(dir, `${name}.json`), 'utf8');
  return {
    dir,
    text,
    data: async (name) => v.parse(PriceListSchema, JSON.parse(await text(name))),
  };
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
