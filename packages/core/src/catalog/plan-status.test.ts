import { expect, test } from 'vitest';
import { functionPlanIds } from './function-limits.ts';
import { planStatus } from './plan-status.ts';
import { providers } from './providers.ts';

test('plans that are kept for existing functions or end say so, with the day that is known', () => {
  const ends = functionPlanIds.flatMap((plan) => {
    const status = planStatus(plan);
    return status.isLegacy ? [[plan, status.endsOn]] : [];
  });
  expect(ends).toEqual([
    ['google-cloud-functions-1st-gen', null],
    ['azure-functions-consumption', '2028-09-30'],
  ]);
});

function valuesOf(provider: string, plan: string) {
  const plans = providers.find(({ id }) => id === provider)?.plans;
  const limits = plans?.find(({ id }) => id === plan)?.limits.slice(0, 6) ?? [];
  return Object.fromEntries(limits.map(({ id, value }) => [id, value.vi]));
}

test('the limits of plans are the numbers in words', () => {
  expect(valuesOf('aws', 'on-demand')).toEqual({
    memory: '128 MiB–10 GiB',
    cpu: 'tỉ lệ với bộ nhớ: 1 vCPU ở mức 1.769 MiB, 5,8 ở mức cao nhất',
    timeout: '15 phút, mặc định 3 giây (Managed Instances: 90 phút cho sự kiện)',
    httpAnswer: '30 giây (qua HTTP API)',
    payload: '6 MiB / 6 MiB (lớn hơn thì dùng streaming)',
    concurrency: '1 (Managed Instances: nhiều)',
  });
  expect(valuesOf('azure', 'flex-consumption')).toMatchObject({
    memory: '512 MiB; 2 GiB hoặc 4 GiB',
    cpu: '0,25; 1 hoặc 2 vCPU',
    timeout: 'không giới hạn, mặc định 30 phút',
    payload: 'yêu cầu 100 MiB',
    concurrency: 'tối đa 1.000',
  });
  expect(valuesOf('azure', 'consumption')).toMatchObject({
    memory: 'đến 1.536 MiB, không chọn được',
    concurrency: 'nhiều, đặt trong host.json',
  });
});
