import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { BuildFailedError, exportsHandler } from '@tricloud/build';
import { BadInputError } from '../errors.ts';
import { asBadInput } from '../json-file.ts';

/**
 * The absolute path of a module that exports `handler`.
 *
 * @throws {BadInputError} for any other file.
 */
export async function functionFile(file: string): Promise<string> {
  const path = resolve(file);
  const found = await stat(path).catch((error: unknown) => {
    throw asBadInput(file, error);
  });
  if (!found.isFile()) {
    const what = found.isDirectory() ? 'a folder' : 'a device';
    throw new BadInputError(`${file} is ${what}, not a module`);
  }
  const hasHandler = await exportsHandler(path).catch((error: unknown) => {
    throw error instanceof BuildFailedError ? toBadInput(error, file) : error;
  });
  if (hasHandler) return path;
  throw new BadInputError(`${file} does not export handler`, {
    hint: "export const handler = (request) => new Response('hello');",
  });
}

/** The first problem, its location relative to the current folder. */
export function toBadInput(error: BuildFailedError, file: string): BadInputError {
  const { location, summary } = error;
  return new BadInputError(location === undefined ? `${file}: ${summary}` : summary);
}
