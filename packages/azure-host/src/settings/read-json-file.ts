import { readFileSync } from 'node:fs';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { fieldOf, isRecord, messageOf } from '../narrow.ts';
import { SettingsError } from './settings-error.ts';

/**
 * The object in a file of JSON with comments and trailing commas, which Azure's host and Core Tools accept;
 * `undefined` where the file is missing or empty.
 */
export function readJsonFile(path: string): Readonly<Record<string, unknown>> | undefined {
  const text = readText(path);
  if (text.trim() === '') return undefined;
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) {
    const lines = text.slice(0, error.offset).split('\n');
    const place = `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
    throw new SettingsError(`${path} is not JSON: ${printParseErrorCode(error.error)}, ${place}.`);
  }
  if (!isRecord(value)) throw new SettingsError(`${path} must hold a JSON object.`);
  return value;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (fieldOf(error, 'code') === 'ENOENT') return '';
    throw new SettingsError(`${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
