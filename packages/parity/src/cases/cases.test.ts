import { expect, test } from 'vitest';
import { cases } from './index.ts';

/** The behaviours that a parity report is asked for. */
const asked =
  'P01 P02 P03 P04 P05 P06 P07 P08 P09 P13 P17 P18 P20 P21 P23 P25 P26 P28 P29 P30 P31 P34 P35 P37 P39 P40 P41 P42 P47 P48 P50 P51 P52 P53 P56 P57 P59 P60 P61 P62 P63 P64 P69 P70 P71 P72 P73 P74 P75 P76 P78 P79 P81 P82'.split(
    ' ',
  );

test('every behaviour that was asked for is a case', () => {
  const ids = new Set(cases.map(({ id }) => id));
  expect(asked.filter((id) => !ids.has(id))).toEqual([]);
});

test('no id is given twice', () => {
  const ids = cases.map(({ id }) => id);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
});

test('every case says why it is asked and where it can be told, and expects something', () => {
  for (const one of cases) {
    expect(one.why).not.toBe('');
    expect(one.where.length).toBeGreaterThan(0);
    const expected = one.kind === 'requests' ? one.steps : one.events;
    expect(expected.some(({ expect: wanted }) => Object.keys(wanted).length > 0)).toBe(true);
  }
});

test('every difference and every impossibility names a source', () => {
  const sources = cases.flatMap((one) => [
    ...(one.impossible ?? []),
    ...(one.kind === 'requests'
      ? one.steps.flatMap(({ differences = {}, own }) => [
          ...Object.values(differences),
          ...(own ? [own] : []),
        ])
      : []),
  ]);
  expect(sources.length).toBeGreaterThan(0);
  for (const { why, source } of sources) {
    expect(why).not.toBe('');
    expect(source).toMatch(/^https:\/\//);
  }
});

test('every provider is asked everything in a local runtime but what only its event can tell', () => {
  for (const provider of ['aws', 'google', 'azure'] as const) {
    const told = cases.filter(
      (one) =>
        one.kind === 'requests' &&
        one.where.includes('local') &&
        one.steps.some(({ only }) => only?.includes(provider) ?? true),
    );
    const events = new Set(['P21', 'P28', 'P34', 'P35']);
    const ids = new Set(told.map(({ id }) => id));
    expect(asked.filter((id) => !ids.has(id) && !events.has(id))).toEqual([]);
  }
});
