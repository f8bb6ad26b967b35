import { expect, test } from 'vitest';
import { above, real, whole } from './input-fields.ts';
import { readInput } from './parse-input.ts';

test.each([
  { schema: whole(0, 1_234_567), says: 'a whole number from 0 to 1,234,567' },
  { schema: real(0, 1234.5678), says: 'a number from 0 to 1,234.5678' },
  { schema: real(0.0625, 999_999.123_456), says: 'a number from 0.0625 to 999,999.123456' },
  { schema: above(0, 1000), says: 'a number above 0 and up to 1,000' },
])('groups the digits before the point alone: $says', ({ schema, says }) => {
  const { faults } = readInput(schema, -1234.5678);
  expect(faults.map(({ problem }) => problem)).toEqual([
    `The input is -1234.5678, but must be ${says}`,
  ]);
});
