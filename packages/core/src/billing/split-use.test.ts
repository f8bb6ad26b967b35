import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { isFields } from '../parse-input.ts';
import { billUsage } from './bill-usage.ts';
import { parseUsage } from './parse-usage.ts';
import { listOf } from './service.ts';
import { billedServices } from './services.generated.ts';
import { anyOf, isPriced } from './testing/any-usage.ts';
import { priceLists } from '../price-lists.ts';

/** What cannot be parted: it has a minimum, or something free, in each of what it is told of. */
const whole: ReadonlySet<string> = new Set([
  // A snapshot is cached for three hours at least, a poller at work for a minute.
  'aws-lambda snapstart activeHours',
  'aws-lambda event-pollers units',
  'aws-lambda event-pollers hours',
  // Not more than there are requests.
  'aws-lambda on-demand coldStarts',
  // The first 6 MB of each answer, and 1,000 RU/s of each hour, are free.
  'aws-lambda response-streaming responseMiB',
  'azure-cosmos-db provisioned requestUnitsPerS',
  // Requests share instances, or the minimum of an active period.
  'azure-container-apps request-based requests',
  'azure-functions-flex always-ready executions',
  'azure-functions-flex on-demand executions',
  'google-cloud-functions-2nd-gen request-based requests',
  'google-cloud-run request-based requests',
  // The discount for sustained use is a machine's own.
  'google-gce on-demand hours',
]);

/** What is multiplied by another of them: a use is as long as it is wide. */
const multiplied =
  /^(hours|concurrency|periods|instances|.*CapacityUnits|throughputUnits|processingUnits|messagingUnits|requestUnitsPerS|endpointHours)$/;

function numberOf(schema: unknown): { readonly pipe: readonly unknown[] } | undefined {
  if (!isFields(schema)) return undefined;
  if ('wrapped' in schema) return numberOf(schema['wrapped']);
  if (schema['type'] !== 'number' || !Array.isArray(schema['pipe'])) return undefined;
  return { pipe: schema['pipe'] };
}

/** Whether it says how much there was in the month, and not how each of it was. */
function isOfMonth(name: string, schema: unknown): boolean {
  const action = numberOf(schema)?.pipe.find(
    (each) => isFields(each) && each['type'] === 'max_value',
  );
  const most = isFields(action) ? Number(action['requirement']) : 0;
  return most >= 1e12 || (most > 0 && /hours$|^instances$|CapacityUnits$/i.test(name));
}

const plans = billedServices.flatMap((service) =>
  Object.entries(service.plans).map(([plan, { usage }]) => {
    const entries = Object.entries(
      'entries' in usage && isFields(usage.entries) ? usage.entries : {},
    );
    const ofMonth = entries.flatMap(([name, schema]) =>
      isOfMonth(name, schema) && name !== 'responseMiB' ? [name] : [],
    );
    const others = entries.filter(([name]) => !ofMonth.includes(name) && name !== 'disk');
    const parted = ofMonth.filter((name) => !whole.has(`${service.id} ${plan} ${name}`));
    return { name: `${service.id} ${plan}`, service, plan, usage, ofMonth, others, parted };
  }),
);

/** Reads and writes are both multiplied by hours, and not by each other. */
function isFactorOf(name: string, part: string): boolean {
  return (
    multiplied.test(name) && !(name.endsWith('CapacityUnits') && part.endsWith('CapacityUnits'))
  );
}

function totalOf(freeTier: boolean, items: readonly unknown[]): string {
  return billUsage(parseUsage({ freeTier, items }, priceLists), { asOf: '2026-11-22' }).totalUsd;
}

describe.each(plans.filter(({ parted }) => parted.length > 0))(
  'a bill of $name',
  ({ service, plan, usage, ofMonth, others, parted }) => {
    const anyParts = fc
      .record({
        freeTier: fc.boolean(),
        region: fc.constantFrom(...listOf(service, priceLists).regions),
        others: fc.record(
          Object.fromEntries(others.map(([name, schema]) => [name, anyOf(schema)])),
        ),
        part: fc.constantFrom(...parted),
        first: fc.nat({ max: 300 }),
        second: fc.nat({ max: 300 }),
        millions: fc.constantFrom(1, 1_000_000),
      })
      .map(({ freeTier, region, part, first, second, millions, ...given }) => {
        const isWide = multiplied.test(part);
        const rest = Object.fromEntries(
          ofMonth.map((name) => [name, isWide && isFactorOf(name, part) ? 1 : 0]),
        );
        const times = isWide ? 1 : millions;
        const item = (used: number) => ({
          service: service.id,
          plan,
          region,
          usage: { ...given.others, ...rest, [part]: used * times },
        });
        return { freeTier, parts: [item(first), item(second)], one: item(first + second) };
      })
      .filter(({ parts, one }) =>
        [...parts, one].every((item) => v.is(usage, item.usage) && isPriced(item)),
      );

    test('is the same for a use that is told in two items of whole steps', () => {
      fc.assert(
        fc.property(anyParts, ({ freeTier, parts, one }) => {
          expect(totalOf(freeTier, parts)).toBe(totalOf(freeTier, [one]));
        }),
      );
    });
  },
);

test('every service but one that is free can be told in two items', () => {
  const told = new Set(
    plans.flatMap(({ service, parted }) => (parted.length > 0 ? service.id : [])),
  );
  expect(billedServices.flatMap(({ id }) => (told.has(id) ? [] : id))).toEqual([
    'azure-entra-external-id',
  ]);
});
