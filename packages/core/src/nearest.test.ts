import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearest } from './nearest.ts';

describe('the name that was probably meant', () => {
  test.each([
    { given: 'duration_ms', meant: 'durationMs', why: 'another way of writing words together' },
    { given: 'DurationMS', meant: 'durationMs', why: 'another case' },
    { given: 'request', meant: 'requests', why: 'a letter less' },
    { given: 'memroyMiB', meant: 'memoryMiB', why: 'two letters the other way round' },
    { given: 'qreuests', meant: 'requests', why: 'the first two the other way round' },
    { given: 'reqeutss', meant: 'requests', why: 'two swaps' },
    { given: 'memoryGB', meant: 'memoryMiB', why: 'two letters away' },
    { given: 'memory', meant: undefined, why: 'too far' },
    { given: 'ms', meant: undefined, why: 'too short to be nearly anything' },
    { given: '', meant: undefined, why: 'nothing' },
    { given: '__proto__', meant: undefined, why: 'nothing inherited' },
    { given: 'requests'.repeat(10_000), meant: undefined, why: 'longer than any name' },
  ])('of $given is $meant: $why', ({ given, meant }) => {
    expect(nearest(given, ['requests', 'durationMs', 'memoryMiB', 'x'])).toBe(meant);
  });

  test('is the nearest of several, the first of those alike', () => {
    expect(nearest('us-east1', ['us-west-1', 'us-east-2', 'us-east-1'])).toBe('us-east-1');
    expect(nearest('us-east-x', ['us-east-2', 'us-east-1'])).toBe('us-east-2');
  });

  test('is the name itself where it is among them, and always one of them', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (given, names) => {
        const found = nearest(given, names);
        expect([undefined, ...names]).toContain(found);
        expect(nearest('memoryMiB', [...names, 'memoryMiB'])).toBeDefined();
      }),
    );
  });
});
