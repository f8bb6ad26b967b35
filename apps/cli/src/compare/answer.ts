import type { Comparison } from '@tricloud/core';
import { cost, number, roughly } from '../numbers.ts';
import type { Layout } from './layout.ts';
import { isServer, nameOf, sizeOf } from './names.ts';
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
  const name = `${isServer(first.id) && count > 1 ? `${number(count, lang)} ${hasBlocks ? '×' : 'x'} ` : ''}${nameOf(first.id, lang)}`;
  const same = others.filter(({ bill }) => Number(bill.totalUsd) === Number(first.bill.totalUsd));
  const shown = same.length === 0 ? name : say.andOthers(name, number(same.length, lang));
  const marked = first.legacy === null ? shown : `${shown} (${say.legacy(first.legacy.endsOn)})`;
  const cheapest = say.cheapest(requests, marked, cost(first.bill.totalUsd, lang));
  const turn = isServer(first.id)
    ? whereAPlanIsCheaper(comparison, first.id, lang)
    : whereAServerIsCheaper(comparison, first.id, lang);
  return [
    `${turn === undefined ? cheapest : `${cheapest}; ${turn}`}.`,
    ...(first.isComplete ? [] : [say.incompleteAnswer]),
    ...own,
  ].join(' ');
}

/** The least number of requests above the workload's own at which a server becomes cheaper than the plan. */
function whereAServerIsCheaper(
  { breakEven, servers, workload }: Comparison,
  plan: string,
  lang: Layout['lang'],
): string | undefined {
  const say = words[lang];
  if (servers.length === 0) return say.noServer;
  const pairs = breakEven.filter((pair) => pair.plan === plan);
  const crossings = pairs.flatMap(({ server, crossings: found }) =>
    found
      .filter((each) => each.moreExpensive === 'plan')
      .map(({ requestsPerMonth }) => ({ server, requests: requestsPerMonth })),
  );
  const [next] = crossings
    .filter(({ requests }) => requests > workload.requestsPerMonth)
    .toSorted((a, b) => a.requests - b.requests);
  if (next !== undefined) {
    return say.serverCheaperFrom(sizeOf(next.server, lang), roughly(next.requests, lang));
  }
  const isKnown = pairs.length > 0 && pairs.every(({ isComplete }) => isComplete);
  return isKnown ? say.noServerCheaper : undefined;
}

/** The number of requests below the workload's own up to which a plan is cheaper than the server. */
function whereAPlanIsCheaper(
  { breakEven, plans, workload }: Comparison,
  server: string,
  lang: Layout['lang'],
): string | undefined {
  const say = words[lang];
  if (plans.length === 0) return say.noPlan;
  const pairs = breakEven.filter((pair) => pair.server === server);
  const crossings = pairs.flatMap(({ plan, crossings: found }) =>
    found
      .filter((each) => each.moreExpensive === 'plan')
      .map(({ requestsPerMonth }) => ({ plan, requests: requestsPerMonth })),
  );
  const [last] = crossings
    .filter(({ requests }) => requests <= workload.requestsPerMonth)
    .toSorted((a, b) => b.requests - a.requests);
  if (last !== undefined && last.requests > 1) {
    return say.planCheaperBelow(nameOf(last.plan, lang), roughly(last.requests, lang));
  }
  return pairs.length > 0 ? say.noPlanCheaper : undefined;
}
