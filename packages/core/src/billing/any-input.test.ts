import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidInputError, type Fault } from '../invalid-input.ts';
import { isFields } from '../parse-input.ts';
import { parseUsage } from './parse-usage.ts';
import { billedServices } from './services.generated.ts';
import { anyItem } from './testing/any-usage.ts';
import { priceLists } from '../price-lists.ts';

function faultsOf(input: unknown): readonly Fault[] {
  try {
    parseUsage(input, priceLists);
    return [];
  } catch (error) {
    if (error instanceof InvalidInputError) return error.faults;
    throw error;
  }
}

/** What no field of any service takes. */
const never = fc.constantFrom<unknown>(
  null,
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.MAX_VALUE,
  10n,
  '',
  'x',
  '0x10',
  '1e3',
  [[]],
  { a: 1 },
  () => 1,
  Symbol('s'),
);

const strange = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  'a.b',
  'items[0]',
  'x'.repeat(10_000),
);

describe.each(billedServices.map((service) => ({ id: service.id, service })))(
  'what is wrong with $id',
  ({ service }) => {
    test('is told by its path, its value and what would be right, and nothing else is', () => {
      fc.assert(
        fc.property(anyItem(service), never, fc.nat(), strange, (item, wrong, at, name) => {
          const usage = isFields(item['usage']) ? item['usage'] : {};
          const names = Object.keys(usage);
          const broken = names[at % Math.max(names.length, 1)];
          const spoilt = broken === undefined ? { ...usage } : { ...usage, [broken]: wrong };
          Object.defineProperty(spoilt, name, { value: 1, enumerable: true });
          const faults = faultsOf({ items: [{ ...item, usage: spoilt }] });
          const step = name === '' || /[.[]/.test(name) ? JSON.stringify(name) : name;
          const paths = faults.map(({ path }) => path);
          expect(paths).toContain(`items[0].usage.${step}`);
          const own = `items[0].usage.${broken}`;
          expect(broken === undefined || paths.some((path) => path.startsWith(own))).toBe(true);
          expect(new Set(paths).size).toBe(paths.length);
          for (const { problem } of faults) {
            expect(problem).toMatch(
              /^is .+, but (must be|there is no such field; the fields are) ./,
            );
            expect(problem).not.toMatch(/\n|undefined|\[object|valibot|Invalid/);
          }
        }),
      );
    });
  },
);

test('anything at all is read or refused, never thrown at', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (input) => {
      expect(faultsOf(input).length).toBeGreaterThan(0);
      expect(faultsOf({ items: input }).length).toBeGreaterThan(0);
      expect(faultsOf({ items: [input] }).length).toBeGreaterThan(0);
    }),
  );
});
