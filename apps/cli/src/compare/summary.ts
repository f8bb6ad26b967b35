import type { Comparison } from '@tricloud/core';
import { wrap } from '../table.ts';
import { answer } from './answer.ts';
import type { Layout } from './layout.ts';
import { rankedOf, rankingTable } from './ranking.ts';

/** The answer to a comparison and its three cheapest rows. */
export function summaryLines(comparison: Comparison, layout: Layout): readonly string[] {
  const width = Math.min(layout.width, 80);
  const rows = rankedOf(comparison).slice(0, 3);
  return [
    ...wrap(answer(comparison, layout), width).map((line) => layout.paint('bold', line)),
    ...(rows.length === 0 ? [] : ['', ...rankingTable(rows, { ...layout, width })]),
  ];
}
