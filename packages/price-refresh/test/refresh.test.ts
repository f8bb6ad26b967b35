import { type PriceListData, priceRows } from '@tricloud/core/parts';
import { describe, expect, test } from 'vitest';
import { queriesDir, listsDir } from '../src/run.ts';
import { readPriceLists } from '../src/price-lists.ts';
import { json } from './fake-server.ts';
import { catalogSku, offerFile } from './interfaces.ts';
import { mirrorOf } from './mirror.ts';
import { at, command, copies, copiesIn, fake, KEY } from './world.ts';

/** What a list says, price by price and region by region, with its sources left out. */
function saysOf(data: PriceListData) {
  return priceRows(data).map((row) => ({ ...row, knownUpTo: undefined, source: undefined }));
}

describe('interfaces that say what the lists say', async () => {
  const lists = await readPriceLists(listsDir, queriesDir);
  // A machine is a sum: what its parts cost is not on its list.
  const names = lists.map(({ data }) => data.service).filter((name) => name !== 'google-gce');

  test(
    'change nothing, whatever their units, tiers and free bands',
    { timeout: 90_000 },
    async () => {
      const server = await fake(mirrorOf(lists));
      const ran = await command(['--json', '--list', names.join(',')], at(server));
      const { providers } = JSON.parse(ran.out);
      expect(
        providers.map(({ provider, error }: Record<string, unknown>) => [provider, error]),
      ).toEqual([
        ['aws', undefined],
        ['google', undefined],
        ['azure', undefined],
      ]);
      const prices = providers.flatMap(({ prices: all }: { prices: object[] }) => all);
      const unlike = prices.filter(
        ({ status }: { status: string }) => !['same', 'none'].includes(status),
      );
      expect(unlike).toEqual([]);
      expect(
        prices.filter(({ status }: { status: string }) => status === 'same').length,
      ).toBeGreaterThan(200);
      expect(ran.code).toBe(0);
    },
  );

  test('are written as the source of every number they have', async () => {
    const server = await fake(mirrorOf(lists));
    const regions = ['us-east-1', 'eu-central-1', 'eastus', 'us-central1', 'asia-south2'];
    const own = await copiesIn(regions, 'aws-s3', 'azure-functions-flex', 'google-cloud-run');
    const before = await own.data('aws-s3');
    const ran = await command(['--write', '--lists', own.dir], at(server));
    expect(ran).toMatchObject({ code: 0, err: '' });
    const after = await own.data('aws-s3');
    expect(saysOf(after)).toEqual(saysOf(before));
    expect(new Set(after.prices.map(({ source }) => source))).toEqual(
      new Set(['AmazonS3/{region}']),
    );
    expect(after).toMatchObject({
      date: '2026-11-23',
      sources: {
        'AmazonS3/{region}': {
          url: `${server.url}/offers/v1.0/aws/AmazonS3/current/{region}/index.json`,
          date: '2026-11-20',
          confidence: 'official',
        },
      },
    });
    // What had two sources before has one line again.
    expect(after.prices.length).toBe(new Set(after.prices.map(({ id }) => id)).size);
    const text = await own.text('aws-s3');
    // What is current already is not written again, and the key is nowhere.
    const again = await command(['--write', '--json', '--lists', own.dir], at(server));
    expect(await own.text('aws-s3')).toBe(text);
    expect(
      JSON.parse(again.out).providers.flatMap(({ written }: { written: string[] }) => written),
    ).toEqual([]);
    const all = [ran.out, again.out, await own.text('google-cloud-run')].join();
    expect(all).not.toContain(KEY);
    expect(
      server.asked
        .filter(({ key }) => key === KEY)
        .every(({ url }) => url.startsWith('/v1/services/')),
    ).toBe(true);
  });
});

const queues = (usd: string, fifo = '0.0000005') =>
  offerFile('AWSQueueService', [
    {
      sku: 'A',
      family: 'API Request',
      attributes: { queueType: 'Standard', usagetype: 'Requests-RBP' },
      unit: 'Requests',
      tiers: [
        [0, usd],
        [100_000_000_000, '0.0000003'],
        [200_000_000_000, '0.00000024'],
      ],
    },
    {
      sku: 'B',
      family: 'API Request',
      attributes: { queueType: 'FIFO (first-in, first-out)' },
      unit: 'Requests',
      tiers: [[0, fifo]],
    },
    {
      sku: 'C',
      family: 'API Request',
      attributes: { queueType: 'Fair' },
      unit: 'Requests',
      tiers: [[0, '0.0000001']],
    },
  ]);

describe('a price that changed', () => {
  test('is shown with the old, the new, by how much, from where and when; nothing is written unasked', async () => {
    const server = await fake((_, response) => json(response, queues('0.0000005')));
    const own = await copies('aws-sqs');
    const before = await own.text('aws-sqs');
    const ran = await command(['--only', 'aws', '--lists', own.dir], at(server));
    expect(ran.code).toBe(0);
    expect(ran.out).toContain(
      [
        '  ~ aws-sqs standard (us-east-1): $0.0000004 up to 100000000000, $0.0000003 up to 200000000000, $0.00000024 above → $0.0000005 up to 100000000000, $0.0000003 up to 200000000000, $0.00000024 above per request',
        '      +25.00%, +0.00%, +0.00%; AWSQueueService/us-east-1, 2026-11-20',
      ].join('\n'),
    );
    expect(ran.out).toContain('1 changed, 0 not found');
    expect(await own.text('aws-sqs')).toBe(before);
  });

  test('is written where that is asked for, once and no more', async () => {
    const server = await fake((_, response) => json(response, queues('0.0000005')));
    const own = await copies('aws-sqs');
    expect((await command(['--write', '--only', 'aws', '--lists', own.dir], at(server))).code).toBe(
      0,
    );
    const list = await own.data('aws-sqs');
    expect(list.prices[0]).toEqual({
      id: 'standard',
      meter: 'requests',
      unit: 'request',
      allowance: 'requests',
      upTo: [100_000_000_000, 200_000_000_000],
      source: 'AWSQueueService/{region}',
      usd: { 'us-east-1': '0.0000005/0.0000003/0.00000024' },
    });
    // The allowance still stands on the page it was read from.
    expect(Object.keys(list.sources).sort()).toEqual(['AWSQueueService/{region}', 'list']);
    const ran = await command(['--json', '--only', 'aws', '--lists', own.dir], at(server));
    expect(JSON.parse(ran.out).providers[0].counts).toMatchObject({ same: 3, changed: 0 });
  });

  test('has its percent, to the hundredth', async () => {
    const server = await fake((_, response) => json(response, queues('0.0000004', '0.00000035')));
    const own = await copies('aws-sqs');
    const ran = await command(['--json', '--only', 'aws', '--lists', own.dir], at(server));
    const fifo = JSON.parse(ran.out).providers[0].prices.find(
      ({ price }: { price: string }) => price === 'fifo',
    );
    expect(fifo).toMatchObject({
      status: 'changed',
      old: [{ upTo: null, usd: '0.0000005' }],
      new: [{ upTo: null, usd: '0.00000035' }],
      percent: ['-30.00%'],
      source: { key: 'AWSQueueService/us-east-1', date: '2026-11-20' },
    });
  });
});

describe('a machine', () => {
  test('costs what its cores and its memory cost', async () => {
    const own = await copies('google-gce');
    const regions = ['us-central1', 'us-east1', 'us-west1'];
    const server = await fake((_, response) =>
      json(response, {
        skus: [
          catalogSku('E2 Instance Core running in Americas', {
            regions,
            unit: 'h',
            tiers: [[0, '0.021811590']],
          }),
          catalogSku('E2 Instance Ram running in Americas', {
            regions,
            unit: 'GiBy.h',
            tiers: [[0, '0.002923530']],
          }),
          catalogSku('E2 Custom Instance Core running in Americas', {
            regions,
            unit: 'h',
            tiers: [[0, '9']],
          }),
          catalogSku('Spot Preemptible E2 Instance Core running in Americas', {
            regions,
            unit: 'h',
            tiers: [[0, '9']],
            usageType: 'Preemptible',
          }),
        ],
      }),
    );
    const ran = await command(['--json', '--only', 'google', '--lists', own.dir], at(server));
    const rows = JSON.parse(ran.out).providers[0].prices.filter(
      ({ price, region }: Record<string, string>) =>
        price?.startsWith('e2-') && !price.endsWith('-1y') && region === 'us-central1',
    );
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.map(({ status }: { status: string }) => status)).toEqual(rows.map(() => 'same'));
  });
});
