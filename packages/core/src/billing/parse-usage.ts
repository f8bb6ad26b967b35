import * as v from 'valibot';
import { fields, flag, oneOf } from '../input-fields.ts';
import { InvalidInputError, shown, type Fault } from '../invalid-input.ts';
import { isFields, readInput } from '../parse-input.ts';
import { NoPriceError } from '../pricing/price-sheet.ts';
import type { Metered } from './metered.ts';
import type { BilledPlan, BilledService } from './service.ts';
import { billedServices } from './services.ts';

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

const mostItems = 1000;
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

/** The schema of a usage document: what `parseUsage` reads, told in one piece. */
export const UsageDocumentSchema = v.strictObject({
  freeTier: v.optional(
    v.pipe(
      v.boolean(),
      v.description('Whether the free allowances of an account are taken off, once for all items'),
    ),
    true,
  ),
  items: v.pipe(
    v.array(
      v.union(
        billedServices.flatMap((service) =>
          Object.keys(service.plans).map((plan) => itemSchema(service, plan)),
        ),
      ),
    ),
    v.minLength(1),
    v.maxLength(mostItems),
  ),
});

/** A usage document before it is read. */
export type UsageDocument = v.InferInput<typeof UsageDocumentSchema>;

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
  if (!isFields(input) || !Object.hasOwn(input, 'items')) return [];
  return Array.isArray(input['items']) ? input['items'] : [];
}

function readItem(input: unknown, at: string, faults: Fault[]): UsageItem | null {
  const service = serviceOf(input, at, faults);
  if (service === undefined) return null;
  const { output, faults: headFaults } = readInput(headSchema(service), input, { at });
  faults.push(...headFaults);
  const plan = planNamed(service, input);
  // What is wrong with the usage is known only once the plan is.
  if (plan === undefined) return null;
  const { output: usage, faults: usageFaults } = plan.read(usageOf(input), `${at}.usage`);
  faults.push(...usageFaults);
  if (output === undefined || usage === undefined) return null;
  const region = output.region ?? 'global';
  try {
    const metered = usage.meter(region);
    return {
      service: service.id,
      region,
      plan: output.plan ?? defaultPlan(service),
      usage: usage.usage,
      metered,
    };
  } catch (error) {
    if (!(error instanceof NoPriceError)) throw error;
    const known = error.regions.join(', ') || 'none';
    const problem = `is ${shown(region)}, where no price of ${error.id} is known; it is known in ${known}`;
    faults.push({ path: `${at}.region`, value: region, problem });
    return null;
  }
}

const byId = new Map(billedServices.map((service) => [service.id, service]));

function serviceOf(input: unknown, at: string, faults: Fault[]): BilledService | undefined {
  if (!isFields(input)) {
    const problem = `is ${shown(input)}, but must be an object with service, region and usage`;
    faults.push({ path: at, value: input, problem });
    return undefined;
  }
  const id = Object.hasOwn(input, 'service') ? input['service'] : undefined;
  const found = typeof id === 'string' ? byId.get(id) : undefined;
  if (found === undefined) {
    const problem = `is ${shown(id)}, but must be one of ${[...byId.keys()].join(', ')}`;
    faults.push({ path: `${at}.service`, value: id, problem });
  }
  return found;
}

type HeadSchema = ReturnType<typeof makeHeadSchema>;
const headSchemas = new Map<BilledService, HeadSchema>();

function headSchema(service: BilledService): HeadSchema {
  const schema = headSchemas.get(service) ?? makeHeadSchema(service);
  headSchemas.set(service, schema);
  return schema;
}

function makeHeadSchema(service: BilledService) {
  return fields(
    {
      service: v.string(),
      region: regionSchema(service),
      plan: v.optional(oneOf(Object.keys(service.plans))),
      usage: v.unknown(),
    },
    'an object',
  );
}

/** A region may be left out only where the price is the same everywhere. */
function regionSchema({ sheet: { regions } }: BilledService) {
  const region = v.picklist(regions, `one of the regions with known prices: ${regions.join(', ')}`);
  return regions.length === 1 && regions[0] === 'global' ? v.optional(region) : region;
}

function defaultPlan(service: BilledService): string {
  return Object.keys(service.plans)[0] ?? '';
}

function planNamed(service: BilledService, input: unknown): BilledPlan | undefined {
  const given = isFields(input) && Object.hasOwn(input, 'plan') ? input['plan'] : undefined;
  const name = given ?? defaultPlan(service);
  return typeof name === 'string' && Object.hasOwn(service.plans, name)
    ? service.plans[name]
    : undefined;
}

function usageOf(input: unknown): unknown {
  return isFields(input) && Object.hasOwn(input, 'usage') ? input['usage'] : undefined;
}

function itemSchema(service: BilledService, plan: string) {
  const usage = service.plans[plan]?.usage ?? v.never();
  const isDefault = plan === defaultPlan(service);
  return v.strictObject({
    service: v.literal(service.id),
    region: regionSchema(service),
    plan: isDefault ? v.optional(v.literal(plan)) : v.literal(plan),
    usage,
  });
}
