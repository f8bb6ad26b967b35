import type * as v from 'valibot';
import { readInput, type Read } from '@tricloud/core/parts';

/** A published bill in the words of a usage document, with what it says of prices and allowances. */
export interface Restated {
  readonly items: readonly Item[];
  /** What the price lists have, of everything or of these prices alone; a list of allowances replaces all of it. */
  readonly free: 'list' | OnList | readonly StatedAllowance[];
  /** Prices per unit that the example states, by the id of the price that they replace; its tiers fall away. */
  readonly prices?: Readonly<Record<string, number | undefined>>;
  /** What the example bills at a price of its own and no list has. */
  readonly stated?: readonly StatedLine[];
  /** What the lines of the example are called, and the ids of the prices whose lines each adds up. */
  readonly lines: Readonly<Record<string, readonly string[]>>;
  /** The line whose tiers are called `tier1`, `tier2`, …; those of any line are called `<line>_tier1`, …. */
  readonly tiersOf?: string;
  /** Lines that are quantities, where an example prints no money, and the ids of the prices they are metered for. */
  readonly quantities?: Readonly<Record<string, readonly string[]>>;
}

/** An item of a usage document. */
export interface Item {
  readonly service: string;
  readonly region?: string;
  readonly plan?: string;
  readonly usage: Readonly<Record<string, unknown>>;
}

/** What the price lists have free of these prices, and nothing of others. */
interface OnList {
  readonly listOf: readonly string[];
}

/** A free quantity that these prices share. */
export interface StatedAllowance {
  readonly prices: readonly string[];
  readonly quantity: number;
}

/** A line whose price stands in the example. */
interface StatedLine {
  readonly line: string;
  readonly quantity: number;
  readonly usd: number;
}

/** How the published bills of one service are read. */
export interface Mapping {
  readonly read: (inputs: unknown) => Read<Restated>;
}

/**
 * A mapping from the schema of the inputs and what they mean. An input that is `null` is one that is left out; of
 * `free_tier` it says that nothing is free.
 */
export function mappingOf<S extends v.GenericSchema>(
  inputs: S,
  restate: (inputs: v.InferOutput<S>) => Restated,
): Mapping {
  return {
    read(given) {
      const { output, faults } = readInput(inputs, withoutNulls(inputs, given), { at: 'inputs' });
      return output === undefined ? { faults } : { output: restate(output), faults: [] };
    },
  };
}

function withoutNulls(schema: unknown, given: unknown): unknown {
  if (Array.isArray(given)) {
    const item = memberOf(schema, 'item');
    return given.map((each) => withoutNulls(item, each));
  }
  const entries = memberOf(schema, 'entries') ?? memberOf(memberOf(schema, 'wrapped'), 'entries');
  if (typeof given !== 'object' || given === null || entries === undefined) return given;
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      const wrapped = memberOf(memberOf(entries, name), 'wrapped');
      const isLeftOut = value === null && wrapped !== undefined && name !== 'free_tier';
      return isLeftOut ? [] : [[name, withoutNulls(wrapped ?? memberOf(entries, name), value)]];
    }),
  );
}

function memberOf(schema: unknown, name: string): unknown {
  if (typeof schema !== 'object' || schema === null || !Object.hasOwn(schema, name))
    return undefined;
  return new Map<string, unknown>(Object.entries(schema)).get(name);
}
