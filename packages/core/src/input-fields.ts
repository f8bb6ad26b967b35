import * as v from 'valibot';
import { orNearest } from './nearest.ts';

// The message of each check says what would be right; a refusal reads "is 7, but must be" and then this.

/** A whole number from one bound to the other. */
export function whole(min: number, max: number) {
  const right = `a whole number from ${grouped(min)} to ${grouped(max)}`;
  return v.pipe(v.number(right), v.integer(right), v.minValue(min, right), v.maxValue(max, right));
}

/** A number from one bound to the other. */
export function real(min: number, max: number) {
  const right = `a number from ${grouped(min)} to ${grouped(max)}`;
  return v.pipe(v.number(right), v.minValue(min, right), v.maxValue(max, right));
}

/** A number above the first bound and up to the second. */
export function above(min: number, max: number) {
  const right = `a number above ${grouped(min)} and up to ${grouped(max)}`;
  return v.pipe(v.number(right), v.gtValue(min, right), v.maxValue(max, right));
}

/** How many times something is done in a month. */
export function count() {
  return whole(0, 1_000_000_000_000);
}

/** A measured amount of a month: GB, hours, GB-months. */
export function amount() {
  return real(0, 1_000_000_000_000);
}

/** True or false. */
export function flag() {
  return v.boolean('true or false');
}

/** One of a few values; `suffix` qualifies them in a refusal. */
export function oneOf<const T extends readonly (string | number)[]>(values: T, suffix = '') {
  const right = `one of ${values.map((value) => JSON.stringify(value)).join(', ')}${suffix}`;
  const names = values.filter((value): value is T[number] & string => typeof value === 'string');
  return v.picklist(values, ({ input }) => `${right}${orNearest(input, names)}`);
}

/** Said of sizes and classes of which there are more than have a known price. */
export const withKnownPrices = ', whose prices are known';

/** An object with these fields and no other; `what` says what it is. */
export function fields<const E extends v.ObjectEntries>(entries: E, what = 'an object') {
  const names = Object.keys(entries);
  const right = names.length === 0 ? `${what} without fields` : `${what} with ${names.join(', ')}`;
  return v.strictObject(entries, right);
}

function grouped(value: number): string {
  return String(value).replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',');
}
