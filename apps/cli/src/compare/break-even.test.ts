import type { Comparison } from '@tricloud/core';
import { expect, test } from 'vitest';
import { comparisonOf, webApi } from '../testing/comparison.ts';
import { breakEvenWith } from './break-even.ts';

const real = comparisonOf(webApi);
const plan = 'aws-lambda';
const server = 'aws-ec2-t3.small';

type Crossings = Comparison['breakEven'][number]['crossings'];

/** The comparison with one pair, its totals in US dollars and its crossings: the plan is the more expensive first. */
function withPair({ usd = [1, 2], at = [], isKnown = true, isComplete = true }: Pair): Comparison {
  const crossings: Crossings = at.map((requestsPerMonth, index) => ({
    requestsPerMonth,
    moreExpensive: index % 2 === 0 ? 'plan' : 'server',
  }));
  const estimates = (all: Comparison['plans'], total = 0) =>
    all.map((each) => ({ ...each, isComplete, bill: { ...each.bill, totalUsd: String(total) } }));
  return {
    ...real,
    plans: estimates(real.plans, usd[0]),
    servers: estimates(real.servers, usd[1]),
    breakEven: [{ plan, server, requestsPerMonth: null, crossings, isComplete: isKnown }],
  };
}

interface Pair {
  readonly usd?: readonly [number, number];
  readonly at?: readonly number[];
  readonly isKnown?: boolean;
  readonly isComplete?: boolean;
}

const planDearer = [2, 1] as const;

test.each<Pair & { en: string; vi: string }>([
  {
    at: [10_700_000],
    en: 't3.small becomes cheaper from 10.7 million requests',
    vi: 'từ 10,7 triệu yêu cầu trở lên thì t3.small rẻ hơn',
  },
  {
    at: [2_580_000, 2_980_000, 10_700_000, 11_000_000],
    en: 't3.small becomes cheaper from 10.7 million requests, on and off',
    vi: 'từ 10,7 triệu yêu cầu trở lên thì t3.small rẻ hơn, tuỳ khoảng',
  },
  {
    at: [10_700_000],
    isComplete: false,
    en: 't3.small becomes cheaper from 10.7 million requests (incomplete)',
    vi: 'từ 10,7 triệu yêu cầu trở lên thì t3.small rẻ hơn (còn thiếu)',
  },
  {
    at: [2_580_000, 2_980_000],
    en: 'no server becomes cheaper at more requests',
    vi: 'có tăng số yêu cầu thì cũng không máy chủ nào rẻ hơn',
  },
  { en: 'no server is ever cheaper', vi: 'không bao giờ có máy chủ nào rẻ hơn' },
  {
    isKnown: false,
    en: 'no break-even with a server found',
    vi: 'không tìm thấy điểm hoà vốn với máy chủ nào',
  },
  {
    usd: planDearer,
    at: [1, 2, 2_580_000],
    en: 't3.small is cheaper from 2.58 million requests',
    vi: 'từ 2,58 triệu yêu cầu trở lên thì t3.small rẻ hơn',
  },
  {
    usd: planDearer,
    at: [985_000, 358_000_000],
    en: 't3.small is cheaper from 985,000 to 358 million requests',
    vi: 'từ 985.000 đến 358 triệu yêu cầu thì t3.small rẻ hơn',
  },
  {
    usd: planDearer,
    at: [2_999_999, 3_000_001],
    en: 't3.small is cheaper from 3 million to 3,000,001 requests',
    vi: 'từ 3 triệu đến 3.000.001 yêu cầu thì t3.small rẻ hơn',
  },
  {
    usd: planDearer,
    at: [0, 358_000_000],
    en: 't3.small is cheaper up to 358 million requests',
    vi: 'đến 358 triệu yêu cầu thì t3.small rẻ hơn',
  },
  { usd: planDearer, at: [1], en: 't3.small is always cheaper', vi: 't3.small luôn rẻ hơn' },
  {
    usd: planDearer,
    isKnown: false,
    en: 'no break-even with a server found',
    vi: 'không tìm thấy điểm hoà vốn với máy chủ nào',
  },
])('of 3,000,000 requests says: $en', ({ en, vi, ...pair }) => {
  const of = { plan, servers: [server] };

  expect(breakEvenWith(withPair(pair), of, 'en')).toBe(en);
  expect(breakEvenWith(withPair(pair), of, 'vi')).toBe(vi);
});

test('says that no server can run it', () => {
  expect(breakEvenWith(real, { plan, servers: [] }, 'en')).toBe('no server can run it');
});
