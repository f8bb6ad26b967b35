import { expect, test } from 'vitest';
import { comparisonOf, webApi } from '../testing/comparison.ts';
import { answer } from './answer.ts';
import { nameOf } from './names.ts';
import { summaryLines } from './summary.ts';

const layout = {
  lang: 'en',
  paint: (_style: string, text: string) => text,
  width: 200,
  hasBlocks: true,
} as const;

test('is the answer and the three cheapest rows within 80 columns', () => {
  const comparison = comparisonOf(webApi);
  const lines = summaryLines(comparison, layout);
  const rows = lines.filter((line) => /^\d {2}/.test(line));

  expect(lines.join(' ')).toContain(answer(comparison, layout));
  expect(rows.map((line) => line.slice(3))).toEqual(
    comparison.order.slice(0, 3).map((id) => expect.stringContaining(nameOf(id, 'en'))),
  );
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('is the answer alone where nothing can run the workload', () => {
  const none = { ...comparisonOf(webApi), order: [] };

  expect(summaryLines(none, layout)).toEqual([answer(none, layout)]);
});
