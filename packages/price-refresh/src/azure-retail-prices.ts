import { exactly } from '@tricloud/core/parts';
import * as v from 'valibot';
import { type Found, inOrder, type Reader, severalFit, type Wanted } from './found.ts';
import { askForJson, type HttpOptions } from './http.ts';
import { PriceInterfaceError } from './price-interface-error.ts';
import type { AzureQuery } from './query-schema.ts';

const Amount = v.pipe(v.number(), v.minValue(0), v.finite());

// https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices
const ItemSchema = v.object({
  currencyCode: v.string(),
  tierMinimumUnits: Amount,
  retailPrice: Amount,
  armRegionName: v.string(),
  effectiveStartDate: v.string(),
  meterId: v.string(),
  meterName: v.string(),
  productName: v.string(),
  skuName: v.string(),
  serviceName: v.string(),
  unitOfMeasure: v.string(),
  type: v.string(),
  armSkuName: v.string(),
});

const PageSchema = v.object({
  Items: v.array(ItemSchema),
  NextPageLink: v.nullish(v.string()),
});

type Item = v.InferOutput<typeof ItemSchema>;

const FIELDS = ['serviceName', 'productName', 'skuName', 'armSkuName', 'meterName'] as const;
const MAX_PAGES = 100;
const AT_ONCE = 8;

/** Reads pay-as-you-go prices from the Azure Retail Prices API, one question a price and region. */
export function azureRetailPrices(
  baseUrl: string,
  today: string,
  http: HttpOptions,
): Reader<AzureQuery> {
  return async (wanted) => {
    const asked = new Map<string, Promise<readonly Item[]>>();
    const found: Found[] = [];
    const findOne = async (one: Wanted<AzureQuery>): Promise<Found> => {
      const url = urlOf(baseUrl, one);
      const items = asked.get(url) ?? pages(url, http);
      asked.set(url, items);
      return find(one, await items, { key: `retail-prices/${one.region}`, url, date: today });
    };
    for (let start = 0; start < wanted.length; start += AT_ONCE) {
      found.push(...(await Promise.all(wanted.slice(start, start + AT_ONCE).map(findOne))));
    }
    return found;
  };
}

function urlOf(baseUrl: string, { query, region }: Wanted<AzureQuery>): string {
  const clauses = [
    ...FIELDS.flatMap((field) => {
      const value = query[field];
      return value === undefined ? [] : [`${field} eq '${value.replaceAll("'", "''")}'`];
    }),
    `armRegionName eq '${region}'`,
    "priceType eq 'Consumption'",
  ];
  return `${baseUrl}/api/retail/prices?$filter=${encodeURIComponent(clauses.join(' and '))}`;
}

async function pages(first: string, http: HttpOptions): Promise<readonly Item[]> {
  const items: Item[] = [];
  const seen = new Set<string>();
  for (
    let url: string | null | undefined = first;
    url !== null && url !== undefined && url !== '';
  ) {
    if (seen.has(url) || seen.size === MAX_PAGES) {
      throw changed(first, `its pages do not end (${seen.size} read)`);
    }
    const origin = URL.canParse(url) ? new URL(url).origin : JSON.stringify(url);
    if (origin !== new URL(first).origin) {
      throw changed(first, `its next page is elsewhere, at ${origin}`);
    }
    seen.add(url);
    const page: unknown = await askForJson({ url, contentType: /json/ }, http);
    const result = v.safeParse(PageSchema, page);
    if (!result.success) {
      const [issue] = result.issues;
      throw changed(url, `${v.getDotPath(issue) ?? ''} ${issue.message}`);
    }
    items.push(...result.output.Items);
    url = result.output.NextPageLink;
  }
  return items;
}

function find(
  { query, region }: Wanted<AzureQuery>,
  items: readonly Item[],
  source: { readonly key: string; readonly url: string; readonly date: string },
): Found {
  const fit = items.filter(
    (item) =>
      item.armRegionName === region &&
      item.type === 'Consumption' &&
      FIELDS.every((field) => query[field] === undefined || query[field] === item[field]),
  );
  const inUnit = fit.filter((item) => item.unitOfMeasure === query.unit);
  if (fit.length === 0) return { problem: `no item of ${query.serviceName} fits` };
  if (inUnit.length === 0) {
    const units = [...new Set(fit.map(({ unitOfMeasure }) => unitOfMeasure))].join(', ');
    return { problem: `${nameOf(fit[0])} is priced per ${units}, not per ${query.unit}` };
  }
  const other = inUnit.find(({ currencyCode }) => currencyCode !== 'USD');
  if (other !== undefined)
    return { problem: `${nameOf(other)} is priced in ${other.currencyCode}` };
  const byMeter = new Map(inUnit.map((item) => [`${item.meterId} ${item.skuName}`, item]));
  if (byMeter.size > 1) return { problem: severalFit([...byMeter.values()].map(nameOf)) };
  const starts = new Set(inUnit.map(({ tierMinimumUnits }) => tierMinimumUnits));
  if (starts.size < inUnit.length) {
    return { problem: `${nameOf(inUnit[0])} has several prices for one tier` };
  }
  if (!starts.has(0)) return { problem: `${nameOf(inUnit[0])} has no price from 0 on` };
  const bands = inUnit.map(({ tierMinimumUnits, retailPrice }) => ({
    from: exactly(tierMinimumUnits),
    usd: exactly(retailPrice),
  }));
  return { bands: inOrder(bands), source };
}

function nameOf(item: Item | undefined): string {
  if (item === undefined) return 'nothing';
  return `${item.meterId} (${item.productName} / ${item.skuName} / ${item.meterName})`;
}

function changed(url: string, how: string): PriceInterfaceError {
  return new PriceInterfaceError(`${url}: the answer has another form than is known: ${how}`);
}
