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

test('a line of the greatest length stays whole, and one character more is split', async () => {
  const line = 'x'.repeat(65_536);
  expect(await linesOf([Buffer.from(line), Buffer.from('\n')])).toEqual([line]);
  expect(await linesOf([Buffer.from(`${line}y`), Buffer.from('\n')])).toEqual([line, 'y']);
});

test('a stream that ends with its last line has no empty one after it', async () => {
  expect(await linesOf([Buffer.from('one\n')])).toEqual(['one']);
});

test('a character that is cut off at the end is shown as one', async () => {
  expect(await linesOf([Buffer.from('één').subarray(0, 1)])).toEqual(['\ufffd']);
});

test('a stream that fails ends, and one that does not exist has no lines', async () => {
  const failing = new Readable({ read: () => undefined });
  onLines(failing, () => undefined);
  const closed = new Promise((resolve) => {
    failing.once('close', resolve);
  });
  failing.destroy(new Error('gone'));
  await closed;
  expect(() => onLines(null, () => undefined)).not.toThrow();
});
