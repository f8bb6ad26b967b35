import { exactly, fromDecimal, plus, product, type Quantity, quantity } from '@tricloud/core/parts';
import * as v from 'valibot';
import { type Band, type Found, inOrder, type Reader, severalFit, type Wanted } from './found.ts';
import { askForJson, type HttpOptions } from './http.ts';
import { PriceInterfaceError } from './price-interface-error.ts';
import type { GoogleQuery } from './query-schema.ts';

const MoneySchema = v.object({
  currencyCode: v.optional(v.string(), 'USD'),
  // An int64 is a string in JSON, and either is left out where it is zero.
  units: v.optional(v.pipe(v.string(), v.regex(/^\d+$/)), '0'),
  nanos: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999_999_999)), 0),
});

// https://cloud.google.com/billing/docs/reference/rest/v1/services.skus/list
const SkuSchema = v.object({
  skuId: v.string(),
  description: v.string(),
  category: v.object({ usageType: v.string(), resourceGroup: v.optional(v.string()) }),
  serviceRegions: v.array(v.string()),
  pricingInfo: v.array(
    v.object({
      effectiveTime: v.optional(v.string(), ''),
      pricingExpression: v.object({
        usageUnit: v.string(),
        tieredRates: v.array(
          v.object({
            startUsageAmount: v.optional(v.pipe(v.number(), v.minValue(0)), 0),
            unitPrice: MoneySchema,
          }),
        ),
      }),
    }),
  ),
});

const PageSchema = v.object({
  skus: v.optional(v.array(v.unknown()), []),
  nextPageToken: v.optional(v.string(), ''),
});

/** What is read of an SKU before it is known to matter. */
const NamedSchema = v.object({ description: v.string() });

type Sku = v.InferOutput<typeof SkuSchema>;
type Part = GoogleQuery['parts'][number];

const MAX_PAGES = 100;

/** Reads on-demand prices from the Google Cloud Billing Catalog, one service at a time; the key goes into a header and nowhere else. */
export function googleCatalog(
  baseUrl: string,
  key: string,
  today: string,
  http: HttpOptions,
): Reader<GoogleQuery> {
  return async (wanted) => {
    const services = new Map<string, readonly Sku[]>();
    for (const service of new Set(wanted.map(({ query }) => query.service))) {
      const ofService = wanted.filter(({ query }) => query.service === service);
      const parts = ofService.flatMap(({ query, region }) =>
        query.parts.map((part) => ({ part, region })),
      );
      const url = `${baseUrl}/v1/services/${service}/skus`;
      services.set(service, await skusOf(url, key, parts, http));
    }
    return wanted.map((one) => {
      const { service } = one.query;
      const url = `${baseUrl}/v1/services/${service}/skus`;
      return find(one, services.get(service) ?? [], {
        key: `catalog/${service}`,
        url,
        date: today,
      });
    });
  };
}

async function skusOf(
  url: string,
  key: string,
  parts: readonly { readonly part: Part; readonly region: string }[],
  http: HttpOptions,
): Promise<readonly Sku[]> {
  const skus: Sku[] = [];
  const tokens = new Set<string>();
  let token: string | null = '';
  while (token !== null) {
    if (tokens.has(token) || tokens.size === MAX_PAGES) {
      throw changed(url, `its pages do not end (${tokens.size} read)`);
    }
    tokens.add(token);
    const from: string = token === '' ? '' : `&pageToken=${encodeURIComponent(token)}`;
    const page: v.InferOutput<typeof PageSchema> = read(
      PageSchema,
      await askForJson(
        {
          url: `${url}?currencyCode=USD&pageSize=5000${from}`,
          headers: { 'x-goog-api-key': key },
          contentType: /json/,
          ifRefused: 'is the key right, and does its project have the Cloud Billing API?',
        },
        http,
      ),
      url,
    );
    for (const input of page.skus) {
      const { description } = read(NamedSchema, input, url);
      if (!parts.some(({ part, region }) => isNamed(part, region, description))) continue;
      skus.push(read(SkuSchema, input, url));
    }
    token = page.nextPageToken === '' ? null : page.nextPageToken;
  }
  return skus;
}

function find(
  { query, region }: Wanted<GoogleQuery>,
  skus: readonly Sku[],
  source: { readonly key: string; readonly url: string; readonly date: string },
): Found {
  const all: (readonly Band[])[] = [];
  for (const part of query.parts) {
    const bands = bandsOf(part, region, skus);
    if (typeof bands === 'string') return { problem: bands };
    all.push(bands);
  }
  const [bands = []] = all;
  if (all.length === 1) return { bands, source };
  if (all.some(({ length }) => length > 1)) return { problem: 'a sum has a part with tiers' };
  const usd = all.reduce(
    (sum: Quantity, [band]) => (band === undefined ? sum : plus(sum, band.usd)),
    quantity(0n),
  );
  return { bands: [{ from: quantity(0n), usd }], source };
}

/** The bands of one part, times how much of it there is; a string is why not. */
function bandsOf(part: Part, region: string, skus: readonly Sku[]): readonly Band[] | string {
  const fit = skus.filter(
    (sku) =>
      isNamed(part, region, sku.description) &&
      sku.serviceRegions.includes(region) &&
      sku.category.usageType === 'OnDemand' &&
      (part.group === undefined || sku.category.resourceGroup === part.group),
  );
  const [sku] = fit;
  if (sku === undefined) return `no SKU "${part.description}" in ${region}`;
  if (fit.length > 1) return severalFit(fit.map(nameOf));
  // The prices of today stand last, where more than one is told.
  const [latest] = [...sku.pricingInfo].sort((a, b) =>
    a.effectiveTime < b.effectiveTime ? 1 : -1,
  );
  if (latest === undefined) return `${nameOf(sku)} has no price`;
  const { usageUnit, tieredRates } = latest.pricingExpression;
  if (usageUnit !== part.unit)
    return `${nameOf(sku)} is priced per ${usageUnit}, not per ${part.unit}`;
  const other = tieredRates.find(({ unitPrice }) => unitPrice.currencyCode !== 'USD');
  if (other !== undefined) return `${nameOf(sku)} is priced in ${other.unitPrice.currencyCode}`;
  const starts = new Set(tieredRates.map(({ startUsageAmount }) => startUsageAmount));
  if (starts.size < tieredRates.length) return `${nameOf(sku)} has several prices for one tier`;
  if (!starts.has(0)) return `${nameOf(sku)} has no price from 0 on`;
  const times = fromDecimal(part.times);
  return inOrder(
    tieredRates.map(({ startUsageAmount, unitPrice: { units, nanos } }) => ({
      from: exactly(startUsageAmount),
      usd: product(quantity(BigInt(units) * 1_000_000_000n + BigInt(nanos), 1_000_000_000n), times),
    })),
  );
}

/** Whether a description is the part's; spaces are counted once, since some have two. */
function isNamed({ description }: Part, region: string, actual: string): boolean {
  const wanted = description.replaceAll('{region}', region);
  const words = actual.replaceAll(/\s+/g, ' ').trim();
  return wanted.endsWith('*') ? words.startsWith(wanted.slice(0, -1)) : words === wanted;
}

function nameOf({ skuId, description }: Sku): string {
  return `${skuId} (${description})`;
}

function read<S extends v.GenericSchema>(schema: S, input: unknown, url: string): v.InferOutput<S> {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw changed(url, `${v.getDotPath(issue) ?? ''} ${issue.message}`);
}

function changed(url: string, how: string): PriceInterfaceError {
  return new PriceInterfaceError(`${url}: the answer has another form than is known: ${how}`);
}
