import { readdir, readFile } from 'node:fs/promises';

const folder = new URL('../bills/', import.meta.url);

/** Every published bill, by service; each file of the folder is an array of them. */
export async function readBills(): Promise<readonly unknown[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  return texts.flatMap((text): unknown => JSON.parse(text));
}
