import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { onLines } from './lines.ts';

async function linesOf(chunks: readonly Buffer[]): Promise<string[]> {
  const lines: string[] = [];
  const stream = Readable.from(chunks, { objectMode: false });
  onLines(stream, (line) => lines.push(line));
  await new Promise((resolve) => {
    stream.once('close', resolve);
  });
  return lines;
}

test('a line is a line wherever its bytes are cut', async () => {
  const text = 'één\n\ntwee\r\n日本語\nlast';
  const bytes = Buffer.from(text);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 6 }), async (cuts) => {
      const at = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
      const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
      expect(await linesOf(chunks.filter((chunk) => chunk.length > 0))).toEqual([
        'één',
        '',
        'twee',
        '日本語',
        'last',
      ]);
    }),
    { numRuns: 50 },
  );
});

test('a line without end does not fill the memory', async () => {
  const lines = await linesOf([Buffer.alloc(200_000, 'x')]);
  expect(lines.map((line) => line.length)).toEqual([65_536, 65_536, 65_536, 3392]);
});
