import { InvalidInputError, shown, type Fault } from '../invalid-input.ts';
import { divideHalfUp, fromUsd, toUsd, type Picodollars } from '../money/picodollars.ts';
import { nearest } from '../nearest.ts';
import { isFields } from '../parse-input.ts';
import type { OwnPrice, OwnPrices } from './own-price.ts';
import type { MeterPrice } from './price-list.ts';
import type { PriceListData } from './price-list-schema.ts';
import { regionsOf, rowOf } from './price-rows.ts';
import { fromDecimal } from './quantity.ts';

/**
 * The price that the caller pays. Of several keys the most specific holds alone: first those that name the price, then
 * those that name the region. Dollars replace all tiers; a discount is taken off each, rounded half up to the
 * picodollar. Free allowances stay as large as on the list.
 */
export function atOwnPrice(price: MeterPrice, own: OwnPrices): MeterPrice {
  const [found] = own.filter((each) => isFor(each, price)).toSorted(bySpecificity);
  if (found === undefined) return price;
  const factor = factorOf(found.value);
  if (factor === undefined) {
    const tier = { upTo: null, upToPrinted: null, ...printed(fromUsd(found.value)) };
    return { ...price, tiers: [tier], knownUpTo: null, confidence: 'own', own: found };
  }
  const { numerator, denominator } = factor;
  const tiers = price.tiers.map((tier) => ({
    ...tier,
    ...printed(divideHalfUp(tier.unitPrice * numerator, denominator)),
  }));
  return { ...price, tiers, own: found };
}

function isFor({ service, id, region }: OwnPrice, price: MeterPrice): boolean {
  return (
    service === price.list.service &&
    (id === undefined || id === price.id) &&
    (region === undefined || region === price.region)
  );
}

function bySpecificity(a: OwnPrice, b: OwnPrice): number {
  return specificity(b) - specificity(a);
}

function specificity({ id, region }: OwnPrice): number {
  return (id === undefined ? 0 : 2) + (region === undefined ? 0 : 1);
}

function printed(unitPrice: Picodollars) {
  return { unitPrice, unitPriceUsd: toUsd(unitPrice) };
}

const DISCOUNT = /^-(\d{1,3}(?:\.\d{1,6})?)%$/;
const USD = /^\d{1,12}(\.\d{1,12})?$/;

/** What is left to pay after a discount; `undefined` where the value is none, or more than everything. */
function factorOf(value: string) {
  const percent = DISCOUNT.exec(value)?.[1];
  if (percent === undefined) return undefined;
  const { numerator, denominator } = fromDecimal(percent);
  const all = 100n * denominator;
  return numerator > all ? undefined : { numerator: all - numerator, denominator: all };
}

/** Reads own prices, checked against the lists; throws `InvalidInputError` with every fault at once. */
export function parseOwnPrices(input: unknown, lists: readonly PriceListData[]): OwnPrices {
  if (!isFields(input)) {
    const problem = `The own prices are ${shown(input)}, but must be an object such as {"aws-lambda": "-12%", "aws-ec2/t3.small@us-east-1": "0.0116"}`;
    throw new InvalidInputError([{ path: '', value: input, problem }]);
  }
  const faults: Fault[] = [];
  const own: OwnPrice[] = [];
  for (const [key, value] of Object.entries(input)) {
    const [, service = key, id, region] = KEY.exec(key) ?? [];
    const problem = keyProblem({ service, id, region }, lists) ?? valueProblem(value, id);
    if (problem !== undefined) faults.push({ path: key, value, problem });
    else own.push({ key, value: String(value), service, id, region });
  }
  if (faults.length > 0) throw new InvalidInputError(faults);
  return own;
}

const KEY = /^([^/@]+)(?:\/([^/@]+))?(?:@([^/@]+))?$/;

type Named = Pick<OwnPrice, 'service' | 'id' | 'region'>;

function keyProblem(named: Named, lists: readonly PriceListData[]): string | undefined {
  const { service, id, region } = named;
  const services = lists.map((list) => list.service);
  const list = lists.find((each) => each.service === service);
  if (list === undefined)
    return `names no service with a price list${meant(named, 'service', services)}`;
  const regions = regionsOf(list);
  const ids = [...new Set(list.prices.map((price) => price.id))];
  if (id !== undefined && !ids.includes(id)) {
    return `names no price of ${service}; its prices are ${ids.join(', ')}${meant(named, 'id', ids)}`;
  }
  if (region === undefined) return undefined;
  if (!regions.includes(region)) {
    return `names no region of ${service}; its regions are ${regions.join(', ')}${meant(named, 'region', regions)}`;
  }
  const isPriced = (each: string) => id === undefined || rowOf(list, id, each) !== undefined;
  if (isPriced(region)) return undefined;
  return `names a price that ${region} does not have; it is known in ${regions.filter(isPriced).join(', ')}`;
}

/** The whole key with its wrong part put right. */
function meant(named: Named, part: keyof Named, names: readonly string[]): string {
  const found = nearest(named[part] ?? '', names);
  if (found === undefined) return '';
  const service = part === 'service' ? found : named.service;
  const id = part === 'id' ? found : named.id;
  const region = part === 'region' ? found : named.region;
  const key = `${service}${id === undefined ? '' : `/${id}`}${region === undefined ? '' : `@${region}`}`;
  return `; ${JSON.stringify(key)} may be meant`;
}

function valueProblem(value: unknown, id: string | undefined): string | undefined {
  const isDiscount = typeof value === 'string' && factorOf(value) !== undefined;
  const isUsd = typeof value === 'string' && USD.test(value);
  if (isDiscount || (isUsd && id !== undefined)) return undefined;
  const right = 'a discount such as "-12%"';
  return id === undefined
    ? `is ${shown(value)}, but must be ${right}; US dollars are for one price of the service`
    : `is ${shown(value)}, but must be US dollars per unit such as "0.0116", or ${right}`;
}
