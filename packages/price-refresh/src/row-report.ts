import {
  fromDecimal,
  isMore,
  type PriceRow,
  type PriceListData,
  type Quantity,
  type PriceListTier,
  toDecimal,
} from '@tricloud/core/parts';
import type { Found, ReadSource } from './found.ts';
import type { Query } from './query-schema.ts';
import type { PriceListFile } from './price-lists.ts';
import { areSame, isFarFrom, tiersOf } from './tiers.ts';

/** What was learned of one number of a list. */
export interface RowReport {
  readonly list: string;
  readonly price: string;
  readonly region: string;
  readonly unit: string;
  /** `none`: no interface has it; `unmapped`: nobody said how to find it. */
  readonly status: 'same' | 'changed' | 'problem' | 'none' | 'unmapped';
  readonly old: readonly PriceListTier[];
  readonly new?: readonly PriceListTier[];
  readonly source?: ReadSource;
  /** The problem, or why no interface has it. */
  readonly why?: string;
  /** What a person should know besides. */
  readonly notes: readonly string[];
}

/** A price of a list, how it is found and where it is asked for. */
export interface Task {
  readonly list: PriceListFile;
  readonly row: PriceRow;
  readonly query: Query | undefined;
  /** The region that is asked for. */
  readonly region: string;
}

/** What the answer says of a price. */
export function reportOf(task: Task, found: Found | undefined): RowReport {
  const { list, row, query, region } = task;
  const base = {
    list: list.data.service,
    price: row.id,
    region: row.region,
    unit: row.unit,
    old: row.tiers,
  };
  if (query === undefined) return { ...base, status: 'unmapped', notes: [] };
  if ('none' in query) return { ...base, status: 'none', why: query.none, notes: [] };
  const notes = query.seen === null ? ['its query was seen nowhere in use'] : [];
  const problem = (why: string): RowReport => ({ ...base, status: 'problem', why, notes });

  if (found === undefined) return problem('it was not asked for');
  if (found.problem !== undefined) return problem(`${region}: ${found.problem}`);
  const { source } = found;
  const tiered = tiersOf(found.bands, fromDecimal(eachOf(query)), {
    isFreeATier: query.free === 'tier',
    tiersCount: row.tiersCount,
  });
  if (tiered.problem !== undefined) return problem(`${region}: ${tiered.problem}`);
  const { tiers } = tiered;
  const note = allowanceNote(list.data, row, tiered.free);
  if (note !== null) notes.push(note);
  if (areSame(row.tiers, tiers)) return { ...base, status: 'same', new: row.tiers, source, notes };
  const why = otherUnit(row, tiers);
  return why === null ? { ...base, status: 'changed', new: tiers, source, notes } : problem(why);
}

/** Why a new price is more likely one per another unit; null where it is not. */
function otherUnit(row: PriceRow, tiers: readonly PriceListTier[]): string | null {
  const [old, found] = [row.tiers.find(isPaid), tiers.find(isPaid)];
  if (old === undefined || found === undefined || !isFarFrom(old, found)) return null;
  return `$${found.usd} per ${row.unit} is more than ten times away from $${old.usd}: more likely another unit than another price`;
}

function eachOf(query: Exclude<Query, { none: string }>): string {
  if ('aws' in query) return query.aws.each;
  return 'azure' in query ? query.azure.each : query.google.each;
}

const isPaid = ({ usd }: PriceListTier): boolean => Number(usd) > 0;

/** Tiers in a line: `0.09 to 10240, 0.085 above`. */
export function shownTiers(tiers: readonly PriceListTier[]): string {
  return tiers
    .map(({ upTo, usd }, index) => {
      if (upTo !== null) return `$${usd} up to ${upTo}`;
      return index === 0 ? `$${usd}` : `$${usd} above`;
    })
    .join(', ');
}

/** Allowances are an account's, over prices and regions: what an interface says of them is told, and never written. */
function allowanceNote(data: PriceListData, row: PriceRow, free: Quantity): string | null {
  if (free.numerator === 0n) return null;
  const told = `${toDecimal(free)} ${row.unit} free`;
  const allowance = data.allowances.find(({ id }) => id === row.allowance);
  if (allowance === undefined) return `the interface has ${told}, the list no allowance`;
  const own = fromDecimal(allowance.quantity);
  if (!isMore(own, free) && !isMore(free, own)) return null;
  return `the interface has ${told}, the list ${allowance.quantity}`;
}
