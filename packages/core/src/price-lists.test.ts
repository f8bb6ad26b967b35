import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { listOf } from './billing/service.ts';
import { billedServices } from './billing/services.ts';
import { serverSizes } from './catalog/servers.ts';
import { priceLists } from './price-lists.ts';
import { priceRows, regionsOf, rowOf } from './pricing/price-rows.ts';
import { PriceListSchema } from './pricing/price-list-schema.ts';

const lists = [...new Set(billedServices.map((service) => listOf(service, priceLists)))];

describe.each(lists.map(({ data, service }) => ({ data, service })))(
  'list $service',
  ({ data }) => {
    test('is written in the form of a list', () => {
      expect(v.parse(PriceListSchema, data)).toEqual(data);
    });

    test('names its service with the provider first', () => {
      expect(data.service).toMatch(/^(aws|google|azure)-[a-z0-9-]+$/);
    });

    test('gives a source for every number, and uses every region and allowance', () => {
      const sources = Object.keys(data.sources);
      for (const row of [...data.prices, ...data.allowances]) expect(sources).toContain(row.source);
      expect(new Set(priceRows(data).map(({ region }) => region))).toEqual(
        new Set(regionsOf(data)),
      );
      expect(new Set(data.prices.flatMap(({ allowance }) => allowance ?? []))).toEqual(
        new Set(data.allowances.map(({ id }) => id)),
      );
    });

    test('has each price once in a region, under one name, in the unit of its allowance', () => {
      const rows = priceRows(data).map(({ region, id }) => `${region} ${id}`);
      expect(new Set(rows).size).toBe(rows.length);
      const named = new Set(
        data.prices.map(({ id, meter = id, unit }) => `${id} ${meter} ${unit}`),
      );
      expect(named.size).toBe(new Set(data.prices.map(({ id }) => id)).size);
      for (const { allowance, unit } of data.prices) {
        if (allowance === undefined) continue;
        expect(data.allowances.find(({ id }) => id === allowance)?.unit).toBe(unit);
      }
    });

    test('has tiers that rise and have no end', () => {
      for (const { tiers } of priceRows(data)) {
        const ends = tiers.map(({ upTo }) => upTo ?? Number.POSITIVE_INFINITY);
        expect(ends).toEqual([...new Set(ends)].toSorted((a, b) => a - b));
        expect(tiers.at(-1)?.upTo).toBeNull();
      }
    });
  },
);

const regionRows = lists.flatMap((list) => list.regions.map((region) => ({ list, region })));

test('every price of every region is found by its id, with source, date and confidence', () => {
  let count = 0;
  for (const { list, region } of regionRows) {
    for (const { id } of list.data.prices) {
      if (rowOf(list.data, id, region) === undefined) continue;
      const price = list.price(region, id);
      expect(price.source).toMatch(/^https:\/\/[^{}\s]+$/);
      expect(price.confidence).toMatch(/^(official|open-source|third-party|unverified)$/);
      expect(price.list.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      count += 1;
    }
  }
  expect(count).toBeGreaterThan(9000);
});

test('every server size has a price somewhere, and every price of an instance a size', () => {
  const sizes = serverSizes.map(({ provider, size }) => `${provider} ${size}`);
  const priced = lists.flatMap(({ service, data }) =>
    data.prices
      .filter(({ meter }) => meter === 'instance')
      .map(({ id }) => `${service.split('-')[0] ?? ''} ${id}`),
  );
  expect([...sizes].sort()).toEqual([...new Set(priced)].sort());
  for (const { provider, size, sustainedShare, aboveSustained } of serverSizes) {
    expect([provider, size, aboveSustained === null]).toEqual([
      provider,
      size,
      sustainedShare === 1,
    ]);
  }
});

test.each([
  { place: 'Virginia', aws: 'us-east-1', google: 'us-east4', azure: 'eastus' },
  { place: 'Ohio and Iowa', aws: 'us-east-2', google: 'us-central1', azure: 'centralus' },
  { place: 'Oregon', aws: 'us-west-2', google: 'us-west1', azure: 'westus2' },
  {
    place: 'Montreal',
    aws: 'ca-central-1',
    google: 'northamerica-northeast1',
    azure: 'canadacentral',
  },
  { place: 'Mexico', aws: 'mx-central-1', google: 'northamerica-south1', azure: 'mexicocentral' },
  { place: 'São Paulo', aws: 'sa-east-1', google: 'southamerica-east1', azure: 'brazilsouth' },
  { place: 'London', aws: 'eu-west-2', google: 'europe-west2', azure: 'uksouth' },
  { place: 'Ireland', aws: 'eu-west-1', google: 'europe-west1', azure: 'northeurope' },
  { place: 'Netherlands', aws: 'eu-central-1', google: 'europe-west4', azure: 'westeurope' },
  { place: 'Sweden', aws: 'eu-north-1', google: 'europe-north2', azure: 'swedencentral' },
  { place: 'Mumbai', aws: 'ap-south-1', google: 'asia-south1', azure: 'centralindia' },
  { place: 'Singapore', aws: 'ap-southeast-1', google: 'asia-southeast1', azure: 'southeastasia' },
  { place: 'Tokyo', aws: 'ap-northeast-1', google: 'asia-northeast1', azure: 'japaneast' },
  {
    place: 'Sydney',
    aws: 'ap-southeast-2',
    google: 'australia-southeast1',
    azure: 'australiaeast',
  },
])('$place has functions, gateway and servers of all three clouds', ({ aws, google, azure }) => {
  const needed = {
    [aws]: [
      ['aws-lambda', 'requests compute-x86_64 compute-arm64 provisioned-concurrency-x86_64'],
      ['aws-api-gateway-rest', 'requests'],
      ['aws-ec2', 't3.nano t3.2xlarge t4g.small t4g.2xlarge m7g.xlarge ipv4 cpu-credits'],
      ['aws-data-transfer', aws === 'mx-central-1' ? '' : 'internet'],
    ],
    [google]: [
      ['google-cloud-run', 'requests cpu memory instance-cpu idle-cpu egress'],
      ['google-gce', 'e2-micro e2-standard-4 g1-small-fourth-quarter disk-balanced'],
    ],
    [azure]: [
      ['azure-functions-flex', 'executions compute always-ready-baseline'],
      ['azure-api-management', 'calls'],
      ['azure-vm', 'B1s B4ms D4s_v5 disk-E4 ipv4'],
      ['azure-bandwidth', azure === 'brazilsouth' ? '' : 'internet'],
    ],
  };
  for (const [region, prices] of Object.entries(needed)) {
    for (const [service = '', ids = ''] of prices) {
      for (const id of ids.split(' ').filter((each) => each !== '')) {
        expect(priceLists.list(service).price(region, id).tiers.length).toBeGreaterThan(0);
      }
    }
  }
  expect(priceLists.list('google-api-gateway').price('global', 'calls')).toBeDefined();
});
