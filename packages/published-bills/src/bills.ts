import { readdir, readFile } from 'node:fs/promises';

const folder = new URL('../bills/', import.meta.url);

/** Every published bill, by service; each file of the folder is an array of them. */
export async function readBills(): Promise<readonly unknown[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  const files = await Promise.all(names.map(billsIn));
  return files.flat();
}

async function billsIn(name: string): Promise<readonly unknown[]> {
  const bills: unknown = JSON.parse(await readFile(new URL(name, folder), 'utf8'));
  if (!Array.isArray(bills)) throw new Error(`${name} is no array of bills`);
  return bills;
}
