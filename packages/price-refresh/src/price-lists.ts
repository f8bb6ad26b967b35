import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type PriceRow,
  priceRows,
  type PriceListData,
  PriceListSchema,
} from '@tricloud/core/parts';
import * as v from 'valibot';
import { type Query, type QueryFile, QueryFileSchema, QuerySchema } from './query-schema.ts';

/** A list as it stands in its file, and its queries where it has any. */
export interface PriceListFile {
  readonly path: string;
  readonly text: string;
  readonly data: PriceListData;
  /** Its prices, region by region. */
  readonly rows: readonly PriceRow[];
  readonly queries: QueryFile | null;
}

/** Reads every list of a folder, with the queries of the same name. */
export async function readPriceLists(
  listsDir: string,
  queriesDir: string,
): Promise<readonly PriceListFile[]> {
  const queries = new Map<string, QueryFile>();
  for (const path of await jsonFiles(queriesDir)) {
    const file = read(QueryFileSchema, await readFile(path, 'utf8'), path);
    queries.set(file.list, { ...file, queries: file.queries.flatMap(ofEachPrice) });
  }
  return Promise.all(
    (await jsonFiles(listsDir)).map(async (path) => {
      const text = await readFile(path, 'utf8');
      const data = read(PriceListSchema, text, path);
      return {
        path,
        text,
        data,
        rows: priceRows(data),
        queries: queries.get(data.service) ?? null,
      };
    }),
  );
}

/** A query with `{price}` in it is one for each of its prices. */
function ofEachPrice(query: Query): readonly Query[] {
  const text = JSON.stringify(query);
  if (!/\{price\b/.test(text)) return [query];
  return query.prices.map((price) => {
    const own = text
      .replaceAll('{price}', price)
      .replaceAll('{price in words}', price.replaceAll('_', ' '));
    return { ...v.parse(QuerySchema, JSON.parse(own)), prices: [price] };
  });
}

async function jsonFiles(dir: string): Promise<readonly string[]> {
  const names = await readdir(dir);
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(dir, name));
}

function read<S extends v.GenericSchema>(schema: S, text: string, path: string): v.InferOutput<S> {
  const result = v.safeParse(schema, parse(text, path));
  if (result.success) return result.output;
  const faults = result.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`);
  throw new Error(`${path}: ${faults.join('; ')}`);
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
