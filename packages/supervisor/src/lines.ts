import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

const longest = 64 * 1024;

/** Calls back for every line of a stream, an unfinished last one included; lines of more than 64 Ki characters are split. */
export function onLines(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream === null) return;
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
    for (; rest.length > longest; rest = rest.slice(longest)) onLine(rest.slice(0, longest));
  });
  stream.on('end', () => {
    const last = rest + decoder.end();
    if (last !== '') onLine(last);
  });
  stream.on('error', () => undefined);
}
