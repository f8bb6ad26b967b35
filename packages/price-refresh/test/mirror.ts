import {
  fromDecimal,
  type PriceRow,
  product,
  type Quantity,
  quantity,
  ratio,
  toDecimal,
} from '@tricloud/core/parts';
import type { Query } from '../src/query-schema.ts';
import { queryOf } from '../src/refresh.ts';
import type { PriceListFile } from '../src/price-lists.ts';
import { json, type Handler } from './fake-server.ts';
import {
  type AwsProduct,
  catalogSku,
  offerFile,
  retailItems,
  retailPage,
  type Tiers,
} from './interfaces.ts';

const PAGE = 20;

/** Interfaces that say just what the lists say, in their own units and with their own free bands, among products that are not meant. */
export function mirrorOf(lists: readonly PriceListFile[]): Handler {
  const rows = lists.flatMap((list) =>
    list.rows.map((row) => ({ list, row, query: queryOf(list, row) })),
  );
  const known = new Map<string, readonly object[]>();
  return (_request, response, url) => {
    const offer = /^\/offers\/v1\.0\/aws\/(\w+)\/current\/([\w-]+)\/index\.json$/.exec(
      url.pathname,
    );
    if (offer !== null) {
      const [, service = '', region = ''] = offer;
      json(response, offerFile(service, productsOf(rows, service, region)));
      return;
    }
    const catalog = /^\/v1\/services\/([\w-]+)\/skus$/.exec(url.pathname);
    if (catalog !== null) {
      // Two pages: the second has what the first has not.
      const skus = skusOf(rows, catalog[1] ?? '');
      const half = Math.ceil(skus.length / 2);
      const isSecond = url.searchParams.get('pageToken') === 'more';
      json(
        response,
        isSecond
          ? { skus: skus.slice(half), nextPageToken: '' }
          : { skus: skus.slice(0, half), nextPageToken: 'more' },
      );
      return;
    }
    const filter = url.searchParams.get('$filter') ?? '';
    const clauses = [...filter.matchAll(/(\w+) eq '([^']*)'/g)].map(
      ([, field = '', value = '']): readonly [string, string] => [field, value],
    );
    const region = clauses.find(([field]) => field === 'armRegionName')?.[1] ?? '';
    const asked = clauses.filter(([field]) => !['armRegionName', 'priceType'].includes(field));
    const ofRegion = known.get(region) ?? itemsOf(rows, region);
    known.set(region, ofRegion);
    const items = ofRegion.filter((item) =>
      asked.every(([field, value]) => Reflect.get(item, field) === value),
    );
    if (url.searchParams.has('$skip')) {
      json(response, retailPage(items.slice(PAGE)));
      return;
    }
    const next = new URL(url.pathname + url.search, `http://${_request.headers.host ?? ''}`);
    next.searchParams.set('$skip', String(PAGE));
    json(response, retailPage(items.slice(0, PAGE), items.length > PAGE ? next.href : null));
  };
}

interface Mirrored {
  readonly list: PriceListFile;
  readonly row: PriceRow;
  readonly query: Query | undefined;
}

function productsOf(
  rows: readonly Mirrored[],
  service: string,
  region: string,
): readonly AwsProduct[] {
  const products = new Map<string, AwsProduct>();
  const code = region === 'us-east-1' ? '' : region === 'eu-west-1' ? 'EU-' : 'USW2-';
  for (const { list, row, query } of rows) {
    if (query === undefined || !('aws' in query) || query.aws.offer !== service) continue;
    if ((query.region ?? row.region) !== region) continue;
    const { family, attributes, unit, each } = query.aws;
    const key = JSON.stringify([family, attributes]);
    const { usagetype } = attributes;
    products.set(key, {
      sku: products.get(key)?.sku ?? `SKU${products.size}`,
      ...(family === undefined ? {} : { family }),
      attributes: {
        regionCode: region,
        ...attributes,
        ...(usagetype === undefined ? {} : { usagetype: code + usagetype }),
      },
      unit,
      tiers: bandsOf(list, row, each, query.free),
    });
  }
  const decoys: readonly AwsProduct[] = [...products.values()].map((each, index) => ({
    ...each,
    sku: `DECOY${index}`,
    family: `Other ${each.family ?? ''}`,
    attributes: Object.fromEntries(
      Object.entries(each.attributes).map(([name, value]) => [name, `Other-${value}`]),
    ),
    tiers: [[0, '999']],
  }));
  return [...decoys, ...products.values()];
}

function itemsOf(rows: readonly Mirrored[], region: string): readonly object[] {
  const meters = new Map<string, readonly object[]>();
  for (const { list, row, query } of rows) {
    if (query === undefined || !('azure' in query)) continue;
    if ((query.region ?? row.region) !== region) continue;
    const { unit, each, ...named } = query.azure;
    const names = Object.entries(named).map(([name, value]) => [name, String(value)]);
    const fields = { ...Object.fromEntries(names), unitOfMeasure: unit, armRegionName: region };
    const tiers = bandsOf(list, row, each, query.free);
    const [reserved = {}] = retailItems({ ...fields, type: 'Reservation' }, [[0, '999']]);
    meters.set(JSON.stringify(fields), [
      // So many that there is a second page.
      ...Array.from({ length: 40 }, () => reserved),
      ...retailItems({ ...fields, type: 'DevTestConsumption' }, [[0, '999']]),
      ...retailItems({ ...fields, armRegionName: 'elsewhere' }, [[0, '999']]),
      ...retailItems(fields, tiers),
    ]);
  }
  return [...meters.values()].flat();
}

function skusOf(rows: readonly Mirrored[], service: string): readonly object[] {
  const skus = new Map<string, object[]>();
  for (const { list, row, query } of rows) {
    if (query === undefined || !('google' in query) || query.google.service !== service) continue;
    for (const region of [query.region ?? row.region]) {
      const [part] = query.google.parts;
      if (part === undefined || query.google.parts.length > 1) continue;
      const description = part.description
        .replaceAll('{region}', region)
        .replace('*', ` in ${region}`);
      const each = toDecimal(ratio(fromDecimal(query.google.each), fromDecimal(part.times)));
      const tiers = bandsOf(list, row, each, query.free);
      const { unit, group = 'Compute' } = part;
      const sku = { regions: [region], unit, group, tiers };
      skus.set(`${description} ${region}`, [
        // Some have two spaces.
        catalogSku(description.replace(' (', '  ('), sku),
        catalogSku(description, { ...sku, usageType: 'Preemptible', tiers: [[0, '999']] }),
      ]);
    }
  }
  return [...skus.values()].flat();
}

/** A list's tiers in the units of an interface: the allowance is a band for nothing, and the others lie behind it. */
function bandsOf(
  list: PriceListFile,
  row: PriceRow,
  each: string,
  free: 'allowance' | 'tier',
): Tiers {
  const units = fromDecimal(each);
  const allowance = list.data.allowances.find(({ id }) => id === row.allowance);
  const before =
    allowance === undefined || free === 'tier' ? quantity(0n) : fromDecimal(allowance.quantity);
  const starts = [0, ...row.tiers.flatMap(({ upTo }) => upTo ?? [])];
  const paid = row.tiers.map(({ usd }, index): readonly [number, string] => {
    const start = quantity(BigInt(starts[index] ?? 0));
    const from = index > 0 && row.tiersCount === 'used' ? start : sum(start, before);
    return [Number(toDecimal(ratio(from, units))), toDecimal(product(fromDecimal(usd), units))];
  });
  return before.numerator === 0n ? paid : [[0, '0'], ...paid];
}

function sum(a: Quantity, b: Quantity): Quantity {
  return quantity(
    a.numerator * b.denominator + b.numerator * a.denominator,
    a.denominator * b.denominator,
  );
}
