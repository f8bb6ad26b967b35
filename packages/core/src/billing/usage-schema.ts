import * as v from 'valibot';
import type { PriceLists } from '../pricing/price-lists.ts';
import { listOf, type BilledService } from './service.ts';
import { billedServices } from './services.generated.ts';

/** How many items a usage document may have. */
export const mostItems = 1000;

/** The schema of a usage document: what `parseUsage` reads, in one piece, for documents and tests. */
export function usageDocumentSchema(prices: PriceLists) {
  return v.strictObject({
    freeTier: v.optional(
      v.pipe(
        v.boolean(),
        v.description('Whether the free allowances of an account are deducted, once for all items'),
      ),
      true,
    ),
    items: v.pipe(
      v.array(v.union(usageItemSchemas(prices))),
      v.minLength(1),
      v.maxLength(mostItems),
    ),
  });
}

/** The schemas of what may be an item of a usage document: one for each plan of each service. */
export function usageItemSchemas(prices: PriceLists) {
  return billedServices.flatMap((service) =>
    Object.entries(service.plans).map(([plan, { usage }]) =>
      v.strictObject({
        service: v.literal(service.id),
        region: regionSchema(service, prices),
        plan: plan === defaultPlan(service) ? v.optional(v.literal(plan)) : v.literal(plan),
        usage,
      }),
    ),
  );
}

/** A region may be left out only where the price is the same everywhere. */
export function isEverywhereAlike(regions: readonly string[]): boolean {
  return regions.length === 1 && regions[0] === 'global';
}

/** What a region must be, for a refusal. */
export function oneOfRegions(regions: readonly string[]): string {
  return `one of the regions with known prices: ${regions.join(', ')}`;
}

/** The plan of an item that names none: the first of the service. */
export function defaultPlan(service: BilledService): string {
  return Object.keys(service.plans)[0] ?? '';
}

function regionSchema(service: BilledService, prices: PriceLists) {
  const { regions } = listOf(service, prices);
  const region = v.picklist(regions, oneOfRegions(regions));
  return isEverywhereAlike(regions) ? v.optional(region) : region;
}
