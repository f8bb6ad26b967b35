import { fromDecimal } from '@tricloud/core/parts';
import * as v from 'valibot';
import {
  type Found,
  inOrder,
  type Reader,
  type ReadSource,
  severalFit,
  type Wanted,
} from './found.ts';
import { ask, type HttpOptions } from './http.ts';
import { jsonMembers } from './json-members.ts';
import { PriceInterfaceError } from './price-interface-error.ts';
import type { AwsQuery } from './query-schema.ts';

const Decimal = v.pipe(v.string(), v.regex(/^\d+(\.\d+)?$/));

const ProductSchema = v.object({
  sku: v.string(),
  productFamily: v.optional(v.string()),
  attributes: v.record(v.string(), v.string()),
});

// https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html
const TermsSchema = v.record(
  v.string(),
  v.object({
    priceDimensions: v.record(
      v.string(),
      v.object({
        unit: v.string(),
        beginRange: Decimal,
        endRange: v.union([Decimal, v.literal('Inf')]),
        pricePerUnit: v.record(v.string(), Decimal),
      }),
    ),
  }),
);

type Product = v.InferOutput<typeof ProductSchema>;
type Dimension = v.InferOutput<typeof TermsSchema>[string]['priceDimensions'][string];

/** Reads prices on demand from the offer files of the AWS Price List, one file a service and region, as they stream in. */
export function awsPriceList(baseUrl: string, http: HttpOptions): Reader<AwsQuery> {
  return async (wanted) => {
    const files = new Map<string, Wanted<AwsQuery>[]>();
    for (const one of wanted) {
      const path = `/offers/v1.0/aws/${one.query.offer}/current/${one.region}/index.json`;
      files.set(path, [...(files.get(path) ?? []), one]);
    }
    const found = new Map<Wanted<AwsQuery>, Found>();
    for (const [path, inFile] of files) {
      const url = `${baseUrl}${path}`;
      const file = await readOffer(url, inFile, http);
      for (const one of inFile) found.set(one, find(one, file));
    }
    return wanted.map((one) => found.get(one) ?? { problem: 'it was not asked for' });
  };
}

/** What of an offer file can matter. */
interface Offer {
  readonly source: ReadSource;
  readonly products: readonly Product[];
  readonly terms: ReadonlyMap<string, v.InferOutput<typeof TermsSchema>>;
}

async function readOffer(
  url: string,
  wanted: readonly Wanted<AwsQuery>[],
  http: HttpOptions,
): Promise<Offer> {
  const request = { url, contentType: /json|octet-stream/ };
  const [first] = wanted;
  const key = `${first?.query.offer ?? ''}/${first?.region ?? ''}`;
  return ask(request, http, async (chunks) => {
    const head = new Map<string, unknown>();
    const products = new Map<string, Product>();
    const terms = new Map<string, v.InferOutput<typeof TermsSchema>>();
    let hasTerms = false;
    for await (const { parent, key: name, value } of located(chunks, url)) {
      if (parent === '') head.set(name, value);
      else if (parent === 'products') {
        if (hasTerms) throw changed(url, 'products after terms');
        const product = read(ProductSchema, value, url, `product ${name}`);
        if (wanted.some(({ query }) => isOf(query, product))) products.set(product.sku, product);
      } else {
        hasTerms = true;
        if (products.has(name)) terms.set(name, read(TermsSchema, value, url, `terms of ${name}`));
      }
    }
    if (!hasTerms) throw changed(url, 'there are no terms.OnDemand');
    const source = { key, url, date: dateOf(head, url) };
    return { source, products: [...products.values()], terms };
  });
}

/** The day on which an offer file was published. */
function dateOf(head: ReadonlyMap<string, unknown>, url: string): string {
  const format = head.get('formatVersion');
  if (format !== 'v1.0') throw changed(url, `formatVersion is ${JSON.stringify(format)}`);
  const published = head.get('publicationDate');
  if (typeof published !== 'string' || !/^\d{4}-\d{2}-\d{2}T/.test(published)) {
    throw changed(url, `publicationDate is ${JSON.stringify(published)}`);
  }
  return published.slice(0, 10);
}

async function* located(chunks: AsyncIterable<Uint8Array>, url: string) {
  try {
    yield* jsonMembers(chunks, ['', 'products', 'terms/OnDemand']);
  } catch (error) {
    if (!(error instanceof PriceInterfaceError) || error.message.startsWith(url)) throw error;
    throw new PriceInterfaceError(`${url}: ${error.message}`, error);
  }
}

function find({ query }: Wanted<AwsQuery>, { source, products, terms }: Offer): Found {
  const fit = products.filter((product) => isOf(query, product));
  const [product] = fit;
  if (product === undefined) return { problem: `no product of ${query.offer} fits` };
  if (fit.length > 1) return { problem: severalFit(fit.map(nameOf)) };
  const offers = Object.values(terms.get(product.sku) ?? {});
  const [offer] = offers;
  if (offer === undefined) return { problem: `${nameOf(product)} has no price on demand` };
  if (offers.length > 1)
    return { problem: `${nameOf(product)} has ${offers.length} prices on demand` };
  const dimensions = Object.values(offer.priceDimensions);
  const problem = problemOf(dimensions, query.unit);
  if (problem !== null) return { problem: `${nameOf(product)} ${problem}` };
  const bands = inOrder(
    dimensions.map(({ beginRange, pricePerUnit: { USD: usd = '' } }) => ({
      from: fromDecimal(beginRange),
      usd: fromDecimal(usd),
    })),
  );
  return { bands, source };
}

/** What keeps price dimensions from being tiers in the unit that is expected; `null` where nothing does. */
function problemOf(dimensions: readonly Dimension[], unit: string): string | null {
  const other = dimensions.find((each) => wordOf(each.unit) !== wordOf(unit));
  if (other !== undefined) return `is priced per ${other.unit}, not per ${unit}`;
  if (dimensions.some(({ pricePerUnit }) => pricePerUnit['USD'] === undefined)) {
    return 'has no price in USD';
  }
  const rising = [...dimensions].sort((a, b) => Number(a.beginRange) - Number(b.beginRange));
  let from = '0';
  for (const { beginRange, endRange } of rising) {
    if (Number(beginRange) !== Number(from)) return `has tiers that do not join at ${beginRange}`;
    from = endRange;
  }
  return from === 'Inf' ? null : `has tiers that end at ${from}`;
}

/** Offer files say `Hrs`, `hours` and `Hours`, `Request` and `Requests`. */
function wordOf(unit: string): string {
  return unit
    .toLowerCase()
    .replace(/\bhrs?$/, 'hour')
    .replace(/s$/, '');
}

function isOf({ family, attributes }: AwsQuery, product: Product): boolean {
  if (family !== undefined && family !== product.productFamily) return false;
  return Object.entries(attributes).every(([name, value]) => {
    const actual = product.attributes[name];
    return actual === value || (name === 'usagetype' && actual?.replace(REGION_CODE, '') === value);
  });
}

// USE1-, APS3-, UGW1-; eu-west-1 alone has kept the EU- it had before.
const REGION_CODE = /^(?:[A-Z]{3,4}\d|EU)-/;

function nameOf({ sku, attributes }: Product): string {
  return `${sku} (${attributes['usagetype'] ?? attributes['group'] ?? 'unnamed'})`;
}

function read<S extends v.GenericSchema>(schema: S, input: unknown, url: string, what: string) {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw changed(url, `${what}: ${v.getDotPath(issue) ?? ''} ${issue.message}`);
}

function changed(url: string, how: string): PriceInterfaceError {
  return new PriceInterfaceError(`${url}: the answer has another form than is known: ${how}`);
}
