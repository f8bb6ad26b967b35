import { randomUUID } from 'node:crypto';

/** A tier as the tests say it: from a quantity on, a price. */
export type Tiers = readonly (readonly [from: number, usd: string])[];

/** A product of an AWS offer file. */
export interface AwsProduct {
  readonly sku: string;
  readonly family?: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly unit: string;
  readonly tiers: Tiers;
  readonly currency?: string;
}

/** An offer file as https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html has it. */
export function offerFile(
  offerCode: string,
  products: readonly AwsProduct[],
  rest: object = {},
): object {
  return {
    formatVersion: 'v1.0',
    disclaimer: 'This pricing list is for "informational" purposes only. {[,:]}',
    offerCode,
    version: '20261120120000',
    publicationDate: '2026-11-20T12:00:00Z',
    products: Object.fromEntries(
      products.map(({ sku, family, attributes }) => [
        sku,
        {
          sku,
          ...(family === undefined ? {} : { productFamily: family }),
          attributes: { servicecode: offerCode, ...attributes },
        },
      ]),
    ),
    terms: {
      OnDemand: Object.fromEntries(products.map((product) => [product.sku, terms(product)])),
      Reserved: {
        ABC: {
          'ABC.R': {
            priceDimensions: { 'ABC.R.1': { unit: 'Quantity', pricePerUnit: { USD: '9' } } },
          },
        },
      },
    },
    attributesList: {},
    ...rest,
  };
}

function terms({ sku, unit, tiers, currency = 'USD' }: AwsProduct): object {
  const code = `${sku}.JRTCKXETXF`;
  const dimensions = tiers.map(([from, usd], index) => [
    `${code}.${index}`,
    {
      rateCode: `${code}.${index}`,
      description: `$${usd} per ${unit}`,
      beginRange: String(from),
      endRange: tiers[index + 1] === undefined ? 'Inf' : String(tiers[index + 1]?.[0]),
      unit,
      // Ten decimals, as the file pads them.
      pricePerUnit: { [currency]: usd.replace(/^(\d+)$/, '$1.').padEnd(12, '0') },
      appliesTo: [],
    },
  ]);
  return {
    [code]: {
      offerTermCode: 'JRTCKXETXF',
      sku,
      effectiveDate: '2026-11-01T00:00:00Z',
      // Members stand in no order in these files.
      priceDimensions: Object.fromEntries(dimensions.toReversed()),
      termAttributes: {},
    },
  };
}

/** Items of Azure Retail Prices for one meter, one a tier. */
export function retailItems(
  fields: Readonly<Record<string, string>>,
  tiers: Tiers,
  rest: object = {},
): readonly object[] {
  const meterId = randomUUID();
  return tiers.map(([from, usd]) => ({
    currencyCode: 'USD',
    tierMinimumUnits: from,
    retailPrice: Number(usd),
    unitPrice: Number(usd),
    armRegionName: 'eastus',
    location: 'US East',
    effectiveStartDate: '2024-05-01T00:00:00Z',
    meterId,
    meterName: '',
    productId: 'DZH318Z0BNVX',
    skuId: 'DZH318Z0BNVX/003F',
    productName: '',
    skuName: '',
    serviceName: '',
    serviceId: 'DZH319G2VC3T',
    serviceFamily: 'Compute',
    unitOfMeasure: '1 Hour',
    type: 'Consumption',
    isPrimaryMeterRegion: true,
    armSkuName: '',
    ...fields,
    ...rest,
  }));
}

/** A page of Azure Retail Prices. */
export function retailPage(items: readonly object[], next: string | null = null): object {
  return {
    BillingCurrency: 'USD',
    CustomerEntityId: 'Default',
    CustomerEntityType: 'Retail',
    Items: items,
    NextPageLink: next,
    Count: items.length,
  };
}

/** An SKU of the Cloud Billing Catalog. */
export function catalogSku(
  description: string,
  {
    regions,
    unit,
    tiers,
    usageType = 'OnDemand',
    group = 'Compute',
  }: {
    readonly regions: readonly string[];
    readonly unit: string;
    readonly tiers: Tiers;
    readonly usageType?: string;
    readonly group?: string;
  },
): object {
  const skuId = randomUUID().slice(0, 14).toUpperCase();
  return {
    name: `services/S/skus/${skuId}`,
    skuId,
    description,
    category: {
      serviceDisplayName: 'S',
      resourceFamily: 'ApplicationServices',
      resourceGroup: group,
      usageType,
    },
    serviceRegions: regions,
    pricingInfo: [
      {
        summary: '',
        pricingExpression: {
          usageUnit: unit,
          displayQuantity: 1,
          tieredRates: tiers.map(([startUsageAmount, usd]) => ({
            startUsageAmount,
            unitPrice: money(usd),
          })),
          usageUnitDescription: unit,
          baseUnit: unit,
          baseUnitDescription: unit,
          baseUnitConversionFactor: 1,
        },
        currencyConversionRate: 1,
        effectiveTime: '2026-11-22T00:00:00.000Z',
      },
    ],
    serviceProviderName: 'Google',
  };
}

function money(usd: string): object {
  const [units = '0', fraction = ''] = usd.split('.');
  return { currencyCode: 'USD', units, nanos: Number(fraction.padEnd(9, '0').slice(0, 9)) };
}
