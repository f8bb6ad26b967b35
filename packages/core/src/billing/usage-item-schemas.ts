import * as v from 'valibot';
import type { BilledService } from './service.ts';
import { billedServices } from './services.ts';

/** The schemas of what may be an item of a usage document: one for each plan of each service. */
export function usageItemSchemas() {
  return billedServices.flatMap((service) =>
    Object.keys(service.plans).map((plan) => itemSchema(service, plan)),
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

function regionSchema({ list: { regions } }: BilledService) {
  const region = v.picklist(regions, oneOfRegions(regions));
  return isEverywhereAlike(regions) ? v.optional(region) : region;
}
