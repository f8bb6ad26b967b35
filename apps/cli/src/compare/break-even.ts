import type { Comparison, Estimate, Lang } from '@tricloud/core';
import { number, roughly } from '../numbers.ts';
import { nameOf, sizeOf } from './names.ts';
import { words } from './words.ts';

/** A plan and a server at the requests of a workload, and their nearest crossings. */
interface Standing {
  readonly plan: string;
  readonly server: Estimate;
  readonly isServerCheaper: boolean;
  /** Requests from which the cheaper one is cheaper; `null` where there is no such bound, or it is unknown. */
  readonly since: number | null;
  /** Requests from which the other one is cheaper; `null` for never, or unknown. */
  readonly next: number | null;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Every crossing is known. */
  readonly isKnown: boolean;
  /** Both totals are complete. */
  readonly isComplete: boolean;
}

/** Where a server becomes cheaper than the plan above the workload's requests; `undefined` where that is not known. */
export function whereAServerIsCheaper(
  comparison: Comparison,
  plan: string,
  lang: Lang,
): string | undefined {
  const say = words[lang];
  if (comparison.servers.length === 0) return say.noServer;
  const all = standingsOf(comparison).filter((each) => each.plan === plan);
  const crossing = nextCrossing(all);
  if (crossing === undefined) {
    const isKnown = all.length > 0 && all.every((each) => each.isKnown);
    return isKnown ? say.noServerCheaper : undefined;
  }
  const requests = around(crossing.at, comparison, lang);
  return (
    say.serverCheaperFrom(sizeOf(crossing.server.id, lang), requests) +
    marksOf(crossing, crossing.isLast, lang)
  );
}

/** Where a plan is cheaper than the server below the workload's requests; `undefined` where that is not known. */
export function whereAPlanIsCheaper(
  comparison: Comparison,
  server: string,
  lang: Lang,
): string | undefined {
  const say = words[lang];
  if (comparison.plans.length === 0) return say.noPlan;
  const all = standingsOf(comparison).filter(
    (each) => each.server.id === server && each.isServerCheaper,
  );
  const [last] = all
    .flatMap((each) => (each.since === null ? [] : [{ ...each, at: each.since }]))
    .toSorted((a, b) => b.at - a.at);
  if (last !== undefined && last.at > 1) {
    const requests = around(last.at, comparison, lang);
    return (
      say.planCheaperBelow(nameOf(last.plan, lang), requests) + marksOf(last, last.isFirst, lang)
    );
  }
  return all.length > 0 && all.every((each) => each.isKnown) ? say.noPlanCheaper : undefined;
}

/** The requests around the workload's own at which one of the servers, cheapest first, costs less than the plan. */
export function breakEvenWith(
  comparison: Comparison,
  { plan, servers }: { readonly plan: string; readonly servers: readonly string[] },
  lang: Lang,
): string {
  const say = words[lang];
  const standings = standingsOf(comparison).filter((each) => each.plan === plan);
  const all = servers.flatMap((id) => standings.find(({ server }) => server.id === id) ?? []);
  if (all.length === 0) return say.noServer;
  const now = all.find(({ isServerCheaper }) => isServerCheaper);
  if (now !== undefined) {
    if (now.since === null) return say.noBreakEven;
    const range = rangeOf({ since: now.since, next: now.next }, comparison, lang);
    return say.isCheaper(sizeOf(now.server.id, lang), range) + marksOf(now, true, lang);
  }
  const crossing = nextCrossing(all);
  if (crossing !== undefined) {
    const requests = around(crossing.at, comparison, lang);
    const size = sizeOf(crossing.server.id, lang);
    return say.becomesCheaper(size, requests) + marksOf(crossing, crossing.isLast, lang);
  }
  if (!all.every((each) => each.isKnown)) return say.noBreakEven;
  return all.every(({ since }) => since === null) ? say.neverCheaper : say.noServerCheaper;
}

/** The server that becomes cheaper at the lowest number of requests above the workload's. */
function nextCrossing(standings: readonly Standing[]) {
  return standings
    .flatMap((each) =>
      each.isServerCheaper || each.next === null ? [] : [{ ...each, at: each.next }],
    )
    .toSorted((a, b) => a.at - b.at)[0];
}

function standingsOf({ plans, servers, breakEven, workload }: Comparison): readonly Standing[] {
  const byId = new Map([...plans, ...servers].map((each) => [each.id, each]));
  return breakEven.flatMap((pair) => {
    const [plan, server] = [byId.get(pair.plan), byId.get(pair.server)];
    if (plan === undefined || server === undefined) return [];
    return [standingOf(pair, { plan, server }, workload.requestsPerMonth)];
  });
}

function standingOf(
  { crossings, isComplete: isKnown }: Comparison['breakEven'][number],
  { plan, server }: { readonly plan: Estimate; readonly server: Estimate },
  requests: number,
): Standing {
  const isServerCheaper = Number(plan.bill.totalUsd) > Number(server.bill.totalUsd);
  const below = crossings.filter(({ requestsPerMonth }) => requestsPerMonth <= requests);
  const above = crossings.slice(below.length);
  const last = below.at(-1);
  const next = above.find(
    ({ moreExpensive }) => moreExpensive === (isServerCheaper ? 'server' : 'plan'),
  );
  // A search that ended early may have missed the last crossing below.
  const isSince = (last?.moreExpensive === 'plan') === isServerCheaper;
  return {
    plan: plan.id,
    server,
    isServerCheaper,
    since: isSince ? (last?.requestsPerMonth ?? null) : null,
    next: next?.requestsPerMonth ?? null,
    isFirst: isKnown && below.length <= 1,
    isLast: isKnown && above.at(-1) === next,
    isKnown,
    isComplete: plan.isComplete && server.isComplete,
  };
}

/** A range of requests, without a bound that does not exist. */
function rangeOf(
  { since, next }: { readonly since: number; readonly next: number | null },
  comparison: Comparison,
  lang: Lang,
) {
  const from = since <= 1 ? {} : { from: around(since, comparison, lang) };
  return next === null ? from : { ...from, to: around(next, comparison, lang) };
}

/** A number in three digits, or in all where rounding would move it past the workload's requests. */
function around(requests: number, { workload }: Comparison, lang: Lang): string {
  const rounded = Number(requests.toPrecision(3));
  const own = workload.requestsPerMonth;
  return rounded > own === requests > own ? roughly(requests, lang) : number(requests, lang);
}

function marksOf({ isComplete }: Standing, isOnce: boolean, lang: Lang): string {
  const say = words[lang];
  return `${isOnce ? '' : say.onAndOff}${isComplete ? '' : ` (${say.incompleteMark})`}`;
}
