import type { Comparison } from '@tricloud/core';
import { expect, test } from 'vitest';
import { comparisonOf, webApi } from '../testing/comparison.ts';
import { answer } from './answer.ts';

const real = comparisonOf(webApi);
const lambda = named('aws-lambda', '2.73');
const cloudRun = named('google-cloud-run', '2.73');
const small = { ...named('aws-ec2-t3.small', '15.184'), instances: instances(1) };

type Estimate = Comparison['plans'][number];
type Pair = Comparison['breakEven'][number];

function named(id: string, totalUsd: string): Estimate {
  const [first] = real.plans;
  if (first === undefined) throw new Error('no plan');
  return {
    ...first,
    id,
    bill: { ...first.bill, totalUsd },
    instances: null,
    legacy: null,
    isComplete: true,
  };
}

function instances(count: number) {
  return { count, capacity: '1', utilization: '0.1' };
}

function pair(crossings: Pair['crossings'], more: Partial<Pair> = {}): Pair {
  return {
    plan: 'aws-lambda',
    server: 'aws-ec2-t3.small',
    requestsPerMonth: crossings[0]?.requestsPerMonth ?? null,
    crossings,
    isComplete: true,
    ...more,
  };
}

const planAt = (requestsPerMonth: number) => ({ requestsPerMonth, moreExpensive: 'plan' as const });
const serverAt = (requestsPerMonth: number) => ({
  requestsPerMonth,
  moreExpensive: 'server' as const,
});

test.each([
  {
    why: 'a plan, and from where on a server is cheaper',
    changes: { breakEven: [pair([planAt(16_412_345)])] },
    en: 'Cheapest for 3,000,000 requests a month: AWS Lambda, 2.73 USD; a t3.small becomes cheaper from 16.4 million requests.',
    vi: 'Rẻ nhất cho 3.000.000 yêu cầu mỗi tháng: AWS Lambda, 2,73 USD; từ 16,4 triệu yêu cầu trở lên thì t3.small rẻ hơn.',
  },
  {
    why: 'the server that is cheaper first, not always beyond',
    changes: {
      breakEven: [
        pair([planAt(20_000_000)], { server: 'azure-vm-B1ms' }),
        pair([planAt(9_000_000), serverAt(10_000_000)], { server: 'google-gce-e2-small' }),
      ],
      servers: [
        { ...small, id: 'azure-vm-B1ms' },
        { ...small, id: 'google-gce-e2-small' },
      ],
    },
    en: 'Cheapest for 3,000,000 requests a month: AWS Lambda, 2.73 USD; an e2-small becomes cheaper from 9 million requests, on and off.',
    vi: 'Rẻ nhất cho 3.000.000 yêu cầu mỗi tháng: AWS Lambda, 2,73 USD; từ 9 triệu yêu cầu trở lên thì e2-small rẻ hơn, tuỳ khoảng.',
  },
  {
    why: 'the next crossing, whatever crossed below, in all digits where rounded it would be below',
    changes: { breakEven: [pair([planAt(100), serverAt(200), planAt(3_000_001)])] },
    en: 'Cheapest for 3,000,000 requests a month: AWS Lambda, 2.73 USD; a t3.small becomes cheaper from 3,000,001 requests.',
    vi: 'Rẻ nhất cho 3.000.000 yêu cầu mỗi tháng: AWS Lambda, 2,73 USD; từ 3.000.001 yêu cầu trở lên thì t3.small rẻ hơn.',
  },
  {
    why: 'that the server’s total lacks a charge',
    changes: {
      servers: [{ ...small, isComplete: false }],
      breakEven: [pair([planAt(16_412_345)])],
    },
    en: 'Cheapest for 3,000,000 requests a month: AWS Lambda, 2.73 USD; a t3.small becomes cheaper from 16.4 million requests (incomplete).',
    vi: 'Rẻ nhất cho 3.000.000 yêu cầu mỗi tháng: AWS Lambda, 2,73 USD; từ 16,4 triệu yêu cầu trở lên thì t3.small rẻ hơn (còn thiếu).',
  },
  {
    why: 'that no server becomes cheaper, whatever crossed below',
    changes: { breakEven: [pair([planAt(100), serverAt(200)])] },
    en: 'Cheapest for 3,000,000 requests a month: AWS Lambda, 2.73 USD; no server becomes cheaper at more requests.',
    vi: 'Rẻ nhất cho 3.000.000 yêu cầu mỗi tháng: AWS Lambda, 2,73 USD; có tăng số yêu cầu thì cũng không máy chủ nào rẻ hơn.',
  },
  {
    why: 'nothing of servers where not every crossing is known',
    changes: { breakEven: [pair([], { isComplete: false })] },
    en: 'Cheapest for 3,000,000 requests a month: AWS Lambda, 2.73 USD.',
    vi: 'Rẻ nhất cho 3.000.000 yêu cầu mỗi tháng: AWS Lambda, 2,73 USD.',
  },
  {
    why: 'that no server can run it',
    changes: { servers: [], breakEven: [] },
    en: 'Cheapest for 3,000,000 requests a month: AWS Lambda, 2.73 USD; no server can run it.',
    vi: 'Rẻ nhất cho 3.000.000 yêu cầu mỗi tháng: AWS Lambda, 2,73 USD; không máy chủ nào chạy được.',
  },
  {
    why: 'several at the same cost',
    changes: {
      plans: [lambda, cloudRun],
      order: ['aws-lambda', 'google-cloud-run'],
      breakEven: [],
    },
    en: 'Cheapest for 3,000,000 requests a month: AWS Lambda and 1 more, 2.73 USD.',
    vi: 'Rẻ nhất cho 3.000.000 yêu cầu mỗi tháng: AWS Lambda và 1 lựa chọn khác, 2,73 USD.',
  },
  {
    why: 'a single request',
    changes: { workload: { ...real.workload, requestsPerMonth: 1 }, breakEven: [] },
    en: 'Cheapest for 1 request a month: AWS Lambda, 2.73 USD.',
    vi: 'Rẻ nhất cho 1 yêu cầu mỗi tháng: AWS Lambda, 2,73 USD.',
  },
  {
    why: 'a server, and up to where a plan is cheaper',
    changes: {
      order: ['aws-ec2-t3.small'],
      plans: [named('aws-lambda', '20'), named('google-cloud-run', '16')],
      breakEven: [
        pair([planAt(1_640_000)]),
        pair([planAt(2_500_000)], { plan: 'google-cloud-run' }),
      ],
    },
    en: 'Cheapest for 3,000,000 requests a month: AWS EC2 t3.small, 15.18 USD; Google Cloud Run is cheaper below 2.5 million requests.',
    vi: 'Rẻ nhất cho 3.000.000 yêu cầu mỗi tháng: AWS EC2 t3.small, 15,18 USD; dưới 2,5 triệu yêu cầu thì Google Cloud Run rẻ hơn.',
  },
  {
    why: 'several servers, and that no plan is ever cheaper',
    changes: {
      order: ['aws-ec2-t3.small'],
      plans: [named('aws-lambda', '20')],
      servers: [{ ...small, instances: instances(3) }],
      breakEven: [pair([planAt(0)])],
    },
    en: 'Cheapest for 3,000,000 requests a month: 3 × AWS EC2 t3.small, 15.18 USD; no plan is cheaper at fewer requests.',
    vi: 'Rẻ nhất cho 3.000.000 yêu cầu mỗi tháng: 3 × AWS EC2 t3.small, 15,18 USD; có giảm số yêu cầu thì cũng không gói nào rẻ hơn.',
  },
  {
    why: 'a server with a commitment where no plan can run it',
    changes: {
      order: ['aws-ec2-t3.small-1y'],
      plans: [],
      servers: [{ ...small, id: 'aws-ec2-t3.small-1y' }],
      breakEven: [],
    },
    en: 'Cheapest for 3,000,000 requests a month: AWS EC2 t3.small (1 year), 15.18 USD; no plan can run it.',
    vi: 'Rẻ nhất cho 3.000.000 yêu cầu mỗi tháng: AWS EC2 t3.small (1 năm), 15,18 USD; không gói nào chạy được.',
  },
  {
    why: 'a legacy plan with its end, and a total that is incomplete',
    changes: {
      plans: [
        {
          ...lambda,
          id: 'azure-functions-consumption',
          legacy: { endsOn: '2028-09-30', reason: { vi: '', en: '' } },
          isComplete: false,
        },
      ],
      order: ['azure-functions-consumption'],
      breakEven: [],
    },
    en: 'Cheapest for 3,000,000 requests a month: Azure Functions Consumption (legacy, ends 2028-09-30), 2.73 USD. The total is incomplete: an additional charge has no price for this region.',
    vi: 'Rẻ nhất cho 3.000.000 yêu cầu mỗi tháng: Azure Functions Consumption (cũ, dừng ngày 2028-09-30), 2,73 USD. Tổng còn thiếu: một khoản phụ không có giá cho vùng này.',
  },
  {
    why: 'that nothing can run it',
    changes: { plans: [], servers: [], order: [], breakEven: [] },
    en: 'No plan and no server can run this workload of 3,000,000 requests a month.',
    vi: 'Không có gói hay máy chủ nào chạy được workload này (3.000.000 yêu cầu mỗi tháng).',
  },
])('answers with $why', ({ changes, en, vi }) => {
  const comparison = {
    ...real,
    plans: [lambda],
    servers: [small],
    order: ['aws-lambda', 'aws-ec2-t3.small'],
    ...changes,
  };

  expect(answer(comparison, { lang: 'en', hasBlocks: true })).toBe(en);
  expect(answer(comparison, { lang: 'vi', hasBlocks: true })).toBe(vi);
});

test('says that own prices are used', () => {
  const language = { hasBlocks: true, hasOwnPrices: true };

  expect(answer(real, { ...language, lang: 'en' })).toMatch(/\. Own prices are used\.$/);
  expect(answer(real, { ...language, lang: 'vi' })).toMatch(/\. Đã dùng giá riêng\.$/);
});
