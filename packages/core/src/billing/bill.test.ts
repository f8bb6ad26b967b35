import { describe, expect, test } from 'vitest';
import { meterAwsLambda } from './aws-lambda.ts';
import { meterAzureFunctionsConsumption } from './azure-functions-consumption.ts';
import { priceLists } from '../price-lists.ts';
import type { PriceList } from '../pricing/price-list.ts';
import { times as multiply } from '../pricing/quantity.ts';
import { billOf, lineOf, type Billed } from './bill.ts';
import type { Metered } from './metered.ts';

const awsLambdaPrices = priceLists.list('aws-lambda');
const virginia = priceLists.in('us-east-1');

interface Times {
  readonly count: bigint;
  readonly freeTier: boolean;
}

function billed(metered: readonly Metered[], times: Times, list: PriceList): Billed {
  return billOf(
    metered.map((item) =>
      lineOf({ ...item, quantity: multiply(item.quantity, times.count) }, times.freeTier),
    ),
    list,
  );
}

describe('a bill', () => {
  const lambda = { requests: 1, durationMs: 120, memoryMiB: 1536, architecture: 'x86_64' } as const;

  test('shows every step, so that it can be checked with a pencil', () => {
    const times = { count: 3_000_000n, freeTier: true };
    const { bill } = billed(meterAwsLambda(lambda, virginia), times, awsLambdaPrices);
    expect(bill).toEqual({
      lines: [
        {
          meter: 'requests',
          unit: 'request',
          used: '3000000',
          free: '1000000',
          billed: '2000000',
          unitPriceUsd: '0.0000002',
          amountUsd: '0.4',
        },
        {
          meter: 'compute',
          unit: 'GB-s',
          used: '540000',
          free: '400000',
          billed: '140000',
          tiers: [
            {
              upTo: '6000000000',
              unitPriceUsd: '0.0000166667',
              billed: '140000',
              amountUsd: '2.333338',
            },
            { upTo: '15000000000', unitPriceUsd: '0.000015', billed: '0', amountUsd: '0' },
            { upTo: null, unitPriceUsd: '0.0000133334', billed: '0', amountUsd: '0' },
          ],
          amountUsd: '2.333338',
        },
      ],
      totalUsd: '2.733338',
      priceList: { date: awsLambdaPrices.date, sources: awsLambdaPrices.sources },
    });
  });

  test('counts 1,110,000,000 MB-milliseconds of Azure as 1,083.98 GB-seconds, as its docs do', () => {
    // https://learn.microsoft.com/azure/azure-functions/functions-consumption-costs, October 2025
    const usage = { executions: 111, durationMs: 78_125, memoryMiB: 128 };
    const { bill } = billed(
      meterAzureFunctionsConsumption(usage, priceLists.in('eastus')),
      { count: 1n, freeTier: false },
      priceLists.list('azure-functions-consumption'),
    );
    expect(bill.lines.map(({ unit, used }) => ({ unit, used }))).toEqual([
      { unit: 'execution', used: '111' },
      { unit: 'GB-s', used: '1083.984375' },
    ]);
  });

  test('so many times one request is as much as that many requests', () => {
    const one = meterAwsLambda(lambda, virginia);
    const all = meterAwsLambda({ ...lambda, requests: 12_345_678 }, virginia);
    expect(billed(one, { count: 12_345_678n, freeTier: true }, awsLambdaPrices)).toEqual(
      billed(all, { count: 1n, freeTier: true }, awsLambdaPrices),
    );
  });
});
