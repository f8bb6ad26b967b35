import { fileURLToPath } from 'node:url';
import { awsPriceList } from './aws-price-list.ts';
import { azureRetailPrices } from './azure-retail-prices.ts';
import { googleCatalog } from './google-catalog.ts';
import { help } from './help.ts';
import type { HttpOptions } from './http.ts';
import { readOptions, type RefreshOptions, UsageError } from './options.ts';
import { isWhole, type ProviderReport, type Readers, refresh } from './refresh.ts';
import { asJson, asText } from './report.ts';
import { readPriceLists, type PriceListFile } from './price-lists.ts';

/** What the command needs of the world around it. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** The lists of core, and how each is refreshed. */
export const listsDir = fromHere('../../core/src/pricing/lists');
export const queriesDir = fromHere('queries');

// An offer file of EC2 had 482 MB in one region (https://pricing.us-east-1.amazonaws.com, 2026-09-05).
const LARGEST_FILE = 2 * 1024 ** 3;
const LARGEST_PAGE = 64 * 1024 ** 2;

/** Runs the command; the output is the exit code. */
export async function run(args: readonly string[], world: World): Promise<0 | 1 | 2> {
  try {
    const options = await readOptions(args, world.env);
    if (options === 'help') {
      world.out(help);
      return 0;
    }
    const lists = chosen(await priceListsOf(options), options);
    const today = world.now().toISOString().slice(0, 10);
    const readers = readersOf(options, today, world);
    const read = await refresh(lists, readers, { write: options.write, today });
    const reports = [...read, ...withoutKey(options)];
    world.out(options.json ? asJson(reports) : asText(reports, options));
    return reports.every(isWhole) ? 0 : 1;
  } catch (error) {
    if (error instanceof UsageError) {
      world.err(`${error.message}\n  npm run -s prices:refresh -- --help lists what it takes\n`);
      return 2;
    }
    // Such as a list that may not be written.
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    world.err(`${error.message}\n`);
    return 1;
  }
}

function fromHere(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

async function priceListsOf(options: RefreshOptions): Promise<readonly PriceListFile[]> {
  try {
    return await readPriceLists(options.listsDir ?? listsDir, queriesDir);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), error);
  }
}

function chosen(
  all: readonly PriceListFile[],
  { lists }: RefreshOptions,
): readonly PriceListFile[] {
  if (lists === null) return all;
  const unknown = lists.find((name) => !all.some(({ data }) => data.service === name));
  if (unknown !== undefined) throw new UsageError(`there is no list ${unknown}`);
  return all.filter(({ data }) => lists.includes(data.service));
}

function readersOf(
  { only, urls, googleKey, timeoutMs }: RefreshOptions,
  today: string,
  { wait }: World,
): Readers {
  const http = (maxBytes: number): HttpOptions => {
    return { timeoutMs, attempts: 4, longestWaitMs: 60_000, maxBytes, wait };
  };
  const page = http(LARGEST_PAGE);
  return {
    ...(only.includes('aws') ? { aws: awsPriceList(urls.aws, http(LARGEST_FILE)) } : {}),
    ...(only.includes('azure') ? { azure: azureRetailPrices(urls.azure, today, page) } : {}),
    ...(only.includes('google') && googleKey !== null
      ? { google: googleCatalog(urls.google, googleKey, today, page) }
      : {}),
  };
}

/** All three are wanted where nothing else is said; without a key one of them stays unread, and that is told. */
function withoutKey({ only, googleKey }: RefreshOptions): readonly ProviderReport[] {
  if (!only.includes('google') || googleKey !== null) return [];
  const error =
    'there is no key; set GOOGLE_API_KEY or --google-key-file, or leave it out with --only aws,azure';
  return [{ provider: 'google', error, rows: [], written: [] }];
}
