import * as v from 'valibot';
import { fields, flag } from '../input-fields.ts';
import { InvalidInputError, shown, type Fault } from '../invalid-input.ts';
import { orNearest } from '../nearest.ts';
import { isFields, readInput, refuseUnknown, type Fields } from '../parse-input.ts';
import { whereKnown } from '../pricing/no-price.ts';
import { NoPriceError } from '../pricing/price-list.ts';
import type { PriceLists } from '../pricing/price-lists.ts';
import type { Metered } from './metered.ts';
import { listOf, type BilledService, type MeteredUsage } from './service.ts';
import { billedServices } from './services.generated.ts';
import { defaultPlan, isEverywhereAlike, mostItems, oneOfRegions } from './usage-schema.ts';

/** A month's use of any services, read and metered. */
export interface Usage {
  /** Whether the monthly free allowances are deducted. */
  readonly freeTier: boolean;
  readonly items: readonly UsageItem[];
}

/** A month's use of one service in one region. */
export interface UsageItem {
  readonly service: string;
  readonly region: string;
  readonly plan: string;
  readonly usage: unknown;
  readonly metered: readonly Metered[];
}

const severalItems = `an array of 1 to ${mostItems} items, each with service, region and usage`;

const DocumentSchema = fields(
  {
    freeTier: v.optional(flag(), true),
    items: v.pipe(
      v.array(v.unknown(), severalItems),
      v.minLength(1, severalItems),
      v.maxLength(mostItems, severalItems),
    ),
  },
  'an object',
);

/** Reads a usage document and meters it; throws `InvalidInputError` with every fault at once. */
export function parseUsage(input: unknown, prices: PriceLists): Usage {
  const { output, faults: rootFaults } = readInput(DocumentSchema, input, {
    subject: 'The usage',
  });
  const faults: Fault[] = [...rootFaults];
  const items = (output?.items ?? itemsOf(input))
    .slice(0, mostItems)
    .flatMap((item, index) => readItem(item, { at: `items[${index}]`, faults, prices }));
  if (output === undefined || faults.length > 0) throw new InvalidInputError(faults);
  return { freeTier: output.freeTier, items };
}

/** Where the document is wrong elsewhere, the faults of its items are reported all the same. */
function itemsOf(input: unknown): readonly unknown[] {
  const items = isFields(input) ? ownField(input, 'items') : undefined;
  return Array.isArray(items) ? items : [];
}

/** Where an item stands, where its faults go, and at which prices it is metered. */
interface ItemContext {
  readonly at: string;
  readonly faults: Fault[];
  readonly prices: PriceLists;
}

const itemFields = { service: true, region: true, plan: true, usage: true };

const serviceNames = billedServices.map(({ id }) => id);
const serviceChoice: Choice = {
  field: 'service',
  names: serviceNames,
  right: `one of ${serviceNames.join(', ')}`,
};

const byId = new Map(billedServices.map((service) => [service.id, service]));

/** The item, or none and its faults. */
function readItem(input: unknown, context: ItemContext): readonly UsageItem[] {
  const { at, faults } = context;
  if (!isFields(input)) {
    const problem = `is ${shown(input)}, but must be an object with service, region and usage`;
    faults.push({ path: at, value: input, problem });
    return [];
  }
  const service = byId.get(choose(input, serviceChoice, context) ?? '');
  if (service === undefined) return [];
  refuseUnknown(itemFields, input, at, faults);
  return readUsage(input, service, context);
}

function readUsage(input: Fields, service: BilledService, context: ItemContext) {
  const { at, faults, prices } = context;
  const region = choose(input, regionChoice(service, input, prices), context);
  const plan = choose(input, planChoice(service), context);
  // What is wrong with the usage is known only once the plan is.
  const read = service.plans[plan ?? '']?.read(ownField(input, 'usage'), `${at}.usage`);
  faults.push(...(read?.faults ?? []));
  if (region === undefined || plan === undefined || read?.output === undefined) return [];
  return metered(service, { region, plan, ...read.output }, context);
}

/** An item with what is metered of it, or none and a fault where a price is not known in its region. */
function metered(
  { id: service }: BilledService,
  { region, plan, usage, meter }: { readonly region: string; readonly plan: string } & MeteredUsage,
  { at, faults, prices }: ItemContext,
): readonly UsageItem[] {
  try {
    return [{ service, region, plan, usage, metered: meter(prices.in(region)) }];
  } catch (error) {
    if (!(error instanceof NoPriceError)) throw error;
    const known = whereKnown(providerOf(service), region, error.regions).join(', ') || 'none';
    const problem = `is ${shown(region)}, where no price of ${error.id} is known; it is known in ${known}`;
    faults.push({ path: `${at}.region`, value: region, problem });
    return [];
  }
}

function ownField(input: Fields, name: string): unknown {
  return Object.hasOwn(input, name) ? input[name] : undefined;
}

function providerOf(service: string): string {
  return service.slice(0, service.indexOf('-'));
}

/** A field that is one of a few names. */
interface Choice {
  readonly field: string;
  readonly names: readonly string[];
  /** What would be right, for a refusal, and what else is to be said of it. */
  readonly right: string;
  readonly extra?: string | undefined;
  /** The name that is meant where none is given. */
  readonly byDefault?: string | undefined;
}

function regionChoice(service: BilledService, input: Fields, prices: PriceLists): Choice {
  const { regions: names } = listOf(service, prices);
  const byDefault = isEverywhereAlike(names) ? names[0] : undefined;
  const nearest = whereKnown(providerOf(service.id), String(ownField(input, 'region')), names);
  const extra =
    nearest.length === names.length ? undefined : `the nearest are ${nearest.join(', ')}`;
  return { field: 'region', names, right: oneOfRegions(names), extra, byDefault };
}

function planChoice(service: BilledService): Choice {
  const names = Object.keys(service.plans);
  const right = `one of ${names.map((name) => JSON.stringify(name)).join(', ')}`;
  const extra = service.unpriced;
  return { field: 'plan', names, right, extra, byDefault: defaultPlan(service) };
}

function choose(input: Fields, choice: Choice, { at, faults }: ItemContext): string | undefined {
  const { field, names, right, extra, byDefault } = choice;
  const given = ownField(input, field);
  if (given === undefined && byDefault !== undefined) return byDefault;
  if (typeof given === 'string' && names.includes(given)) return given;
  const rest = `${orNearest(given, names)}${extra === undefined ? '' : `; ${extra}`}`;
  const problem = `is ${shown(given)}, but must be ${right}${rest}`;
  faults.push({ path: `${at}.${field}`, value: given, problem });
  return undefined;
}
