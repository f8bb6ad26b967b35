import { open } from 'node:fs/promises';
import { BadInputError } from './errors.ts';
import { findJsonFault } from './json-fault.ts';

const maxBytes = 1024 * 1024;

/** Reads the JSON of a file, or of standard input for `-`; a duplicate key is a fault unless allowed. */
export async function readJson(
  file: string,
  { allowDuplicateKeys = false } = {},
): Promise<{ name: string; value: unknown }> {
  const name = file === '-' ? 'standard input' : file;
  const bytes = file === '-' ? await gather(name, process.stdin) : await read(file);
  const text = decode(name, bytes);
  if (text.trim() === '') throw new BadInputError(`${name} is empty`);
  const fault = findJsonFault(text);
  if (fault === undefined || (allowDuplicateKeys && !fault.isSyntax)) {
    return { name, value: JSON.parse(text) };
  }
  const { line, column, problem, isSyntax } = fault;
  throw new BadInputError(`${name}:${line}:${column}: ${isSyntax ? 'not JSON: ' : ''}${problem}`);
}

async function read(file: string): Promise<Buffer> {
  try {
    const handle = await open(file);
    try {
      if ((await handle.stat()).isDirectory()) {
        throw new BadInputError(`${file} is a folder, not a file`);
      }
      return await gather(file, handle.createReadStream({ autoClose: false }));
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw asBadInput(file, error);
  }
}

async function gather(name: string, stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    chunks.push(bytes);
    length += bytes.length;
    if (length > maxBytes) {
      throw new BadInputError(`${name} is larger than 1 MiB, which no input file is`);
    }
  }
  return Buffer.concat(chunks);
}

function decode(name: string, bytes: Buffer): string {
  try {
    // Removes a byte order mark, too.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadInputError(`${name} is not text in UTF-8`);
  }
}

/** Describes why a file cannot be read. */
export function asBadInput(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
    return new BadInputError(`${file} does not exist`, { hint: `looked in ${process.cwd()}` });
  }
  if (error.code === 'EACCES') return new BadInputError(`${file} may not be read`);
  if (error.code === 'EISDIR') return new BadInputError(`${file} is a folder, not a file`);
  return 'syscall' in error
    ? new BadInputError(`${file} cannot be read (${String(error.code)})`)
    : error;
}
