import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { asBadInput } from '../json-file.ts';

/**
 * Reads the function's variables from `.env` files; a later file overrides an earlier one, and the shell's environment
 * overrides both, as it does for `node --env-file`.
 */
export async function functionEnvironment(
  files: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Readonly<Record<string, string>>> {
  const texts =
    files.length === 0
      ? [await readFile('.env', 'utf8').catch(() => '')]
      : await Promise.all(files.map(read));
  const found = Object.assign({}, ...texts.map((text) => parseEnv(text)));
  return Object.fromEntries(
    Object.entries(found).map(([name, value]) => [name, env[name] ?? String(value)]),
  );
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw asBadInput(file, error);
  });
}
