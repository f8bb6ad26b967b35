import type { Comparison } from '@tricloud/core';
import { briefCost, briefCount, number } from '../numbers.ts';
import { whereAPlanIsCheaper, whereAServerIsCheaper } from './break-even.ts';
import type { Layout } from './layout.ts';
import { isServer, nameOf } from './names.ts';
import { estimatesOf } from './ranking.ts';
import { words } from './words.ts';

type Language = Pick<Layout, 'lang' | 'hasBlocks' | 'hasOwnPrices'>;

/** The answer to a comparison in a sentence: the cheapest, its cost, and where something else becomes cheaper. */
export function answer(
  comparison: Comparison,
  { lang, hasBlocks, hasOwnPrices }: Language,
): string {
  const say = words[lang];
  const requests = number(comparison.workload.requestsPerMonth, lang);
  const own = hasOwnPrices === true ? [say.ownPrices] : [];
  const [first, ...others] = estimatesOf(comparison);
  if (first === undefined) return [say.nothingRuns(requests), ...own].join(' ');
  const count = first.instances?.count ?? 1;
  const name = `${isServer(first.id) && count > 1 ? `${briefCount(count, lang)} ${hasBlocks ? '×' : 'x'} ` : ''}${nameOf(first.id, lang)}`;
  const same = others.filter(({ bill }) => Number(bill.totalUsd) === Number(first.bill.totalUsd));
  const shown = same.length === 0 ? name : say.andOthers(name, number(same.length, lang));
  const marked = first.legacy === null ? shown : `${shown} (${say.legacy(first.legacy.endsOn)})`;
  const cheapest = say.cheapest(requests, marked, briefCost(first.bill.totalUsd, lang));
  const turn = isServer(first.id)
    ? whereAPlanIsCheaper(comparison, first.id, lang)
    : whereAServerIsCheaper(comparison, first.id, lang);
  return [
    `${turn === undefined ? cheapest : `${cheapest}; ${turn}`}.`,
    ...(first.isComplete ? [] : [say.incompleteAnswer]),
    ...own,
  ].join(' ');
}
