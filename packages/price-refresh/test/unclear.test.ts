import { describe, expect, test } from 'vitest';
import { json } from './fake-server.ts';
import { type AwsProduct, catalogSku, offerFile, retailItems, retailPage } from './interfaces.ts';
import { at, command, copies, copiesIn, fake } from './world.ts';

const sku = (description: string, usd: string, unit = 'TiBy') =>
  catalogSku(description, { regions: ['global'], unit, tiers: [[0, usd]] });
const pubsub = (...first: readonly object[]) => ({
  skus: [
    ...first,
    sku('Subscriptions retained acknowledged messages', '0.27', 'GiBy.mo'),
    sku('Snapshots message backlog', '0.27', 'GiBy.mo'),
  ],
});
const apim = (...items: readonly (readonly object[])[]) => retailPage(items.flat());
const calls = (tiers: Parameters<typeof retailItems>[1], rest: object = {}) =>
  retailItems(
    {
      serviceName: 'API Management',
      productName: 'API Management',
      skuName: 'Consumption',
      meterName: 'Consumption Calls',
      unitOfMeasure: '10K',
    },
    tiers,
    rest,
  );
const sqs = (...standard: Parameters<typeof offerFile>[1]) =>
  offerFile('AWSQueueService', [
    ...standard,
    {
      sku: 'B',
      family: 'API Request',
      attributes: { queueType: 'FIFO (first-in, first-out)' },
      unit: 'Requests',
      tiers: [[0, '0.0000005']],
    },
    {
      sku: 'C',
      family: 'API Request',
      attributes: { queueType: 'Fair' },
      unit: 'Requests',
      tiers: [[0, '0.0000001']],
    },
  ]);
const standard: AwsProduct = {
  sku: 'A',
  family: 'API Request',
  attributes: { queueType: 'Standard', usagetype: 'Requests-RBP' },
  unit: 'Requests',
  tiers: [[0, '0.0000004']],
};

describe('what cannot be told is told', () => {
  test.each([
    {
      list: 'google-pubsub',
      why: 'two SKUs fit',
      body: pubsub(sku('Message Delivery Basic', '40'), sku('Message  Delivery Basic', '41')),
      says: /2 products fit: .*\(Message Delivery Basic\); .*\(Message  Delivery Basic\)/,
    },
    {
      list: 'google-pubsub',
      why: 'no SKU fits',
      body: pubsub(sku('Message Delivery', '40')),
      says: 'no SKU "Message Delivery Basic" in global',
    },
    {
      list: 'google-pubsub',
      why: 'another unit',
      body: pubsub(sku('Message Delivery Basic', '40', 'GiBy')),
      says: 'priced per GiBy, not per TiBy',
    },
    {
      list: 'google-pubsub',
      why: 'the unit says the same but the price does not',
      body: pubsub(sku('Message Delivery Basic', '0.0390625')),
      says: 'more than ten times away',
    },
    {
      list: 'google-pubsub',
      why: 'a list cannot hold it',
      body: pubsub(sku('Message Delivery Basic', '0')),
      says: 'given for nothing',
    },
    {
      list: 'azure-api-management',
      why: 'two meters fit',
      body: apim(calls([[0, '0.035']]), calls([[0, '0.036']])),
      says: '2 products fit',
    },
    {
      list: 'azure-api-management',
      why: 'nothing fits',
      body: apim(calls([[0, '0.035']], { skuName: 'Basic v2' })),
      says: 'no item of API Management fits',
    },
    {
      list: 'azure-api-management',
      why: 'another unit',
      body: apim(calls([[0, '3.5']], { unitOfMeasure: '1M' })),
      says: 'is priced per 1M, not per 10K',
    },
    {
      list: 'azure-api-management',
      why: 'another currency',
      body: apim(calls([[0, '0.035']], { currencyCode: 'EUR' })),
      says: 'is priced in EUR',
    },
    {
      list: 'azure-api-management',
      why: 'no first tier',
      body: apim(calls([[100, '0.035']])),
      says: 'no price from 0 on',
    },
    {
      list: 'azure-api-management',
      why: 'a tier twice',
      body: apim(
        calls([
          [0, '0'],
          [100, '0.035'],
          [100, '0.036'],
        ]),
      ),
      says: 'several prices for one tier',
    },
    {
      list: 'aws-sqs',
      why: 'two products fit',
      body: sqs(standard, { ...standard, sku: 'A2' }),
      says: '2 products fit: A (Requests-RBP); A2 (Requests-RBP)',
    },
    {
      list: 'aws-sqs',
      why: 'no product fits',
      body: sqs(),
      says: 'no product of AWSQueueService fits',
    },
    {
      list: 'aws-sqs',
      why: 'another unit',
      body: sqs({ ...standard, unit: 'Million requests', tiers: [[0, '0.4']] }),
      says: 'is priced per Million requests, not per Requests',
    },
    {
      list: 'aws-sqs',
      why: 'another currency',
      body: sqs({ ...standard, currency: 'CNY' }),
      says: 'has no price in USD',
    },
  ])('$list: $why', async ({ list, body, says }) => {
    const server = await fake((_, response) => json(response, body));
    const own = await copies(list);
    const before = await own.text(list);
    const [provider = ''] = list.split('-');
    const ran = await command(['--write', '--only', provider, '--lists', own.dir], at(server));
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(says);
    expect(ran.out).toContain(`the lists of ${provider} are left as they are`);
    expect(await own.text(list)).toBe(before);
  });

  test('a free band unlike the allowance is a note, and never written', async () => {
    const server = await fake((_, response) =>
      json(
        response,
        apim(
          calls([
            [0, '0'],
            [50, '0.035'],
          ]),
        ),
      ),
    );
    const own = await copies('azure-api-management');
    const { allowances } = await own.data('azure-api-management');
    const ran = await command(['--write', '--only', 'azure', '--lists', own.dir], at(server));
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.out).toContain('the interface has 500000 call free, the list 1000000');
    expect((await own.data('azure-api-management')).allowances).toEqual(allowances);
  });

  test('regions that no longer cost the same', async () => {
    const server = await fake((_, response, url) => {
      const filter = url.searchParams.get('$filter') ?? '';
      const region = /armRegionName eq '(\w+)'/.exec(filter)?.[1] ?? '';
      const usd = region === 'westeurope' ? '0.07' : '0.06';
      const item = {
        serviceName: 'Event Grid',
        skuName: 'Standard',
        meterName: 'Standard Operations',
        unitOfMeasure: '100K',
        armRegionName: region,
      };
      json(
        response,
        retailPage(
          retailItems(item, [
            [0, '0'],
            [1, usd],
          ]),
        ),
      );
    });
    const own = await copiesIn(['westeurope', 'eastus'], 'azure-event-grid');
    const ran = await command(['--write', '--only', 'azure', '--lists', own.dir], at(server));
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('1 as they were, 1 changed');
    expect((await own.data('azure-event-grid')).prices.map(({ usd }) => usd)).toEqual([
      { some: '0.0000007 0.0000006' },
    ]);
  });

  test('one provider of which a price is not found leaves the others to be written', async () => {
    const server = await fake((request, response) =>
      request.url?.startsWith('/offers') === true
        ? json(response, sqs())
        : json(
            response,
            apim(
              calls([
                [0, '0'],
                [100, '0.03'],
              ]),
            ),
          ),
    );
    const own = await copies('aws-sqs', 'azure-api-management');
    const before = await own.text('aws-sqs');
    const ran = await command(['--write', '--only', 'aws,azure', '--lists', own.dir], at(server));
    expect(ran.code).toBe(1);
    expect(await own.text('aws-sqs')).toBe(before);
    expect((await own.data('azure-api-management')).prices[0]?.usd).toEqual({
      eastus: '0.000003',
    });
    expect(ran.out).toContain('-14.28%');
  });
});
