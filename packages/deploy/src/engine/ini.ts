import { readFile } from 'node:fs/promises';

/** Sections of a configuration file of `az`, `gcloud` or `aws`, and the values in them, by lower-case name. */
export type Ini = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Reads a configuration file; empty where there is none. */
export async function readIni(path: string): Promise<Ini> {
  return parseIni(await readFile(path, 'utf8').catch(() => ''));
}

/** Parses `[section]` and `name = value` lines; comments begin with `#` or `;`. */
export function parseIni(text: string): Ini {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | null = null;
  for (const line of text.split(/\r?\n/)) {
    const title = /^\[([^\]]*)\]/.exec(line)?.[1]?.trim();
    if (title !== undefined) {
      section = sections.get(title) ?? new Map();
      sections.set(title, section);
    }
    const [, name, value] = /^([^\s#;=:][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (section !== null && name !== undefined && value !== undefined) {
      section.set(name.toLowerCase(), value);
    }
  }
  return sections;
}
