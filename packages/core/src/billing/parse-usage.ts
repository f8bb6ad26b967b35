import * as v from 'valibot';
import { fields, flag } from '../input-fields.ts';
import { InvalidInputError, shown, type Fault } from '../invalid-input.ts';
import { orNearest } from '../nearest.ts';
import { isFields, readInput, refuseUnknown, type Fields } from '../parse-input.ts';
import { NoPriceError } from '../pricing/price-list.ts';
import type { Metered } from './metered.ts';
import type { BilledPlan, BilledService } from './service.ts';
import { billedServices } from './services.ts';
import { defaultPlan, isEverywhereAlike, oneOfRegions } from './usage-item-schemas.ts';

/** A month's use of any services, read and metered. */
export interface Usage {
  /** Whether the monthly free allowances are taken off. */
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

/** How many items a usage document may have. */
export const mostItems = 1000;

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
export function parseUsage(input: unknown): Usage {
  const { output, faults: rootFaults } = readInput(DocumentSchema, input, {
    subject: 'The usage',
  });
  const faults: Fault[] = [...rootFaults];
  const given = output?.items ?? itemsOf(input);
  const items: UsageItem[] = [];
  given.slice(0, mostItems).forEach((item, index) => {
    const read = readItem(item, `items[${index}]`, faults);
    if (read !== null) items.push(read);
  });
  if (output === undefined || faults.length > 0) throw new InvalidInputError(faults);
  return { freeTier: output.freeTier, items };
}

/** Where the document is wrong elsewhere, what is wrong with its items is told all the same. */
function itemsOf(input: unknown): readonly unknown[] {
  const items = isFields(input) ? ownField(input, 'items') : undefined;
  return Array.isArray(items) ? items : [];
}

function readItem(input: unknown, at: string, faults: Fault[]): UsageItem | null {
  const service = serviceOf(input, at, faults);
  if (service === undefined || !isFields(input)) return null;
  refuseUnknown(itemFields, input, at, faults);
  const region = regionOf(service, input, at, faults);
  const plan = planOf(service, input, at, faults);
  // What is wrong with the usage is known only once the plan is.
  if (plan === undefined) return null;
  const { output: usage, faults: usageFaults } = plan.billed.read(
    ownField(input, 'usage'),
    `${at}.usage`,
  );
  faults.push(...usageFaults);
  if (region === undefined || usage === undefined) return null;
  try {
    const metered = usage.meter(region);
    return { service: service.id, region, plan: plan.name, usage: usage.usage, metered };
  } catch (error) {
    if (!(error instanceof NoPriceError)) throw error;
    const known = error.regions.join(', ') || 'none';
    const problem = `is ${shown(region)}, where no price of ${error.id} is known; it is known in ${known}`;
    faults.push({ path: `${at}.region`, value: region, problem });
    return null;
  }
}

const itemFields = { service: true, region: true, plan: true, usage: true };

const byId = new Map(billedServices.map((service) => [service.id, service]));

function serviceOf(input: unknown, at: string, faults: Fault[]): BilledService | undefined {
  if (!isFields(input)) {
    const problem = `is ${shown(input)}, but must be an object with service, region and usage`;
    faults.push({ path: at, value: input, problem });
    return undefined;
  }
  const id = ownField(input, 'service');
  const found = typeof id === 'string' ? byId.get(id) : undefined;
  if (found === undefined) {
    const ids = [...byId.keys()];
    const problem = `is ${shown(id)}, but must be one of ${ids.join(', ')}${orNearest(id, ids)}`;
    faults.push({ path: `${at}.service`, value: id, problem });
  }
  return found;
}

function ownField(input: Fields, name: string): unknown {
  return Object.hasOwn(input, name) ? input[name] : undefined;
}

function regionOf(
  { list: { regions } }: BilledService,
  input: Fields,
  at: string,
  faults: Fault[],
): string | undefined {
  const given = ownField(input, 'region');
  if (given === undefined && isEverywhereAlike(regions)) return regions[0];
  if (typeof given === 'string' && regions.includes(given)) return given;
  const problem = `is ${shown(given)}, but must be ${oneOfRegions(regions)}${orNearest(given, regions)}`;
  faults.push({ path: `${at}.region`, value: given, problem });
  return undefined;
}

interface NamedPlan {
  readonly name: string;
  readonly billed: BilledPlan;
}

function planOf(
  service: BilledService,
  input: Fields,
  at: string,
  faults: Fault[],
): NamedPlan | undefined {
  const { plans, unpriced } = service;
  const given = ownField(input, 'plan');
  const name = given ?? defaultPlan(service);
  const billed = typeof name === 'string' && Object.hasOwn(plans, name) ? plans[name] : undefined;
  if (typeof name === 'string' && given !== null && billed !== undefined) return { name, billed };
  const names = Object.keys(plans);
  const right = `one of ${names.map((each) => JSON.stringify(each)).join(', ')}`;
  const meant = orNearest(given, names);
  const problem = `is ${shown(given)}, but must be ${right}${meant}${unpriced === undefined ? '' : `; ${unpriced}`}`;
  faults.push({ path: `${at}.plan`, value: given, problem });
  return undefined;
}
