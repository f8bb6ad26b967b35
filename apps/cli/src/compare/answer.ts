import type { Comparison, Estimate } from '@tricloud/core';
import { briefCost, briefCount, number } from '../numbers.ts';
import { whereAPlanIsCheaper, whereAServerIsCheaper } from './break-even.ts';
import type { Layout } from './layout.ts';
import { isServer, nameOf } from './names.ts';
import { estimatesOf } from './ranking.ts';
import { words } from './words.ts';

type Language = Pick<Layout, 'lang' | 'hasBlocks' | 'hasOwnPrices'>;

/** The answer to a comparison in a sentence: the cheapest, its cost, and where another becomes cheaper. */
export function answer(
  comparison: Comparison,
  { lang, hasBlocks, hasOwnPrices }: Language,
): string {
  const say = words[lang];
  const requests = number(comparison.workload.requestsPerMonth, lang);
  const own = hasOwnPrices === true ? [say.ownPrices] : [];
  const [first, ...others] = estimatesOf(comparison);
  if (first === undefined) return [say.nothingRuns(requests), ...own].join(' ');
  const crossing = isServer(first.id)
    ? whereAPlanIsCheaper(comparison, first.id, lang)
    : whereAServerIsCheaper(comparison, first.id, lang);
  const name = cheapestName(first, others, { lang, hasBlocks });
  const cheapest = say.cheapest(requests, name, briefCost(first.bill.totalUsd, lang));
  return [
    `${crossing === undefined ? cheapest : `${cheapest}; ${crossing}`}.`,
    ...(first.isComplete ? [] : [say.incompleteAnswer]),
    ...own,
  ].join(' ');
}

/** Name of the cheapest estimate: how many servers, how many others cost the same, and whether it is legacy. */
function cheapestName(
  { id, bill, instances, legacy }: Estimate,
  others: readonly Estimate[],
  { lang, hasBlocks }: Language,
): string {
  const say = words[lang];
  const count = instances?.count ?? 1;
  const times = hasBlocks ? '×' : 'x';
  const several = isServer(id) && count > 1 ? `${briefCount(count, lang)} ${times} ` : '';
  const name = several + nameOf(id, lang);
  const same = others.filter((each) => Number(each.bill.totalUsd) === Number(bill.totalUsd)).length;
  const shown = same === 0 ? name : say.andOthers(name, number(same, lang));
  return legacy === null ? shown : `${shown} (${say.legacy(legacy.endsOn)})`;
}
