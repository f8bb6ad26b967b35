import { type ProviderId, providerIds } from '@tricloud/core/catalog';
import { UsageError } from '../errors.ts';
import { didYouMean, suggest } from './suggest.ts';

// Each parses the text of an option and throws `UsageError`, with the option's name, for an invalid one.

/** Any text that is not empty. */
export function text(given: string, name: string): string {
  if (given !== '') return given;
  throw new UsageError(`${name} needs a value`);
}

/** A whole number; the provider's rules check its range. */
export function wholeNumber(given: string, name: string): number {
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new UsageError(`${name} must be a whole number, not ${JSON.stringify(given)}`);
}

/** A whole number of a range. */
export function numberFrom(least: number, most: number, what = 'a whole number') {
  return (given: string, name: string): number => {
    const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
    if (value >= least && value <= most) return value;
    const range = `${what} from ${least} to ${most}`;
    throw new UsageError(`${name} must be ${range}, not ${JSON.stringify(given)}`);
  };
}

/** A port number; 0 takes a free port. */
export const port = numberFrom(0, 65_535, 'a port number');

/** A number of vCPUs. */
export function vcpus(given: string, name: string): number {
  if (/^(?:\d{1,2}|\d{0,2}\.\d{1,3})$/.test(given) && Number(given) > 0) return Number(given);
  throw new UsageError(`${name} must be a number such as 0.5 or 2, not ${JSON.stringify(given)}`);
}

/** One of a few words. */
export function oneOf<const T extends string>(...words: readonly T[]) {
  return (given: string, name: string): T => {
    const found = words.find((word) => word === given);
    if (found !== undefined) return found;
    throw new UsageError(`${name} takes ${words.join(' or ')}, not ${JSON.stringify(given)}`, {
      hint: `such as ${name} ${suggest(given, words) ?? words.at(-1)}`,
    });
  };
}

/** A day of the calendar, such as `2026-11-22`. */
export function day(given: string, name: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(given) ? Date.parse(`${given}T00:00Z`) : Number.NaN;
  // V8 takes the 30th of February for the 1st or 2nd of March.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(given)) return given;
  throw new UsageError(`${name} takes a day such as 2026-11-22, not ${JSON.stringify(given)}`);
}

/** The current day in UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of a duration such as `90s`, `10m`, `2h` or `1d`. */
export function duration(given: string, name: string): number {
  const [, number = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(given) ?? [];
  for (const [letter, ms] of Object.entries(unitMs)) {
    if (letter === unit) return Number(number) * ms;
  }
  throw new UsageError(`${name} takes a number and s, m, h or d, not ${JSON.stringify(given)}`, {
    hint: `such as ${name} 2h`,
  });
}

/** The URL of a web server. */
export function url(given: string, name: string): string {
  const parsed = URL.canParse(given) ? new URL(given) : undefined;
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return given;
  throw new UsageError(`${name} takes an http or https URL, not ${JSON.stringify(given)}`, {
    hint: `such as ${name} https://example.com`,
  });
}

/** Other names of the providers. */
const otherNames: Readonly<Record<string, ProviderId>> = {
  amazon: 'aws',
  gcp: 'google',
  microsoft: 'azure',
};

/** The id of a provider. */
export function provider(given: string, name: string): ProviderId {
  const found = providerIds.find((id) => id === given);
  if (found !== undefined) return found;
  const other = Object.hasOwn(otherNames, given) ? otherNames[given] : given;
  throw new UsageError(`${name} takes aws, google or azure, not ${JSON.stringify(given)}`, {
    hint: didYouMean(other ?? given, providerIds),
  });
}

/** A provider and what is given for it; null where no provider is named. */
export interface PerProvider {
  readonly provider: ProviderId | null;
  readonly value: string;
}

/** Regions of a list such as `aws=us-east-1,azure=eastus`, or one region. */
export function regions(given: string, name: string): readonly PerProvider[] {
  return given.split(',').map((pair) => {
    const [before = '', value, ...more] = pair.split('=').map((part) => part.trim());
    if (value === undefined) return { provider: null, value: text(before, name) };
    if (value === '' || more.length > 0) throw notProviderRegion(name, pair);
    return { provider: provider(before, name), value };
  });
}

/** The regions by provider; one that names none belongs to `only`, where there is one. */
export function regionsByProvider(
  given: readonly PerProvider[],
  only: ProviderId | undefined,
): Readonly<Partial<Record<ProviderId, string>>> {
  const found: Partial<Record<ProviderId, string>> = {};
  for (const { provider: named, value } of given) {
    const id = named ?? only;
    if (id === undefined) throw notProviderRegion('--region', value);
    if (found[id] !== undefined) throw new UsageError(`--region gives ${id} two regions`);
    found[id] = value;
  }
  return found;
}

function notProviderRegion(name: string, given: string): UsageError {
  return new UsageError(`${name} takes provider=region, not ${JSON.stringify(given)}`, {
    hint: `such as ${name} aws=us-east-1,google=us-central1,azure=eastus`,
  });
}

/** A variable: `NAME=VALUE`. */
export function variable(given: string, name: string): readonly [name: string, value: string] {
  const at = given.indexOf('=');
  if (at > 0) return [given.slice(0, at), given.slice(at + 1)];
  throw new UsageError(`${name} takes NAME=VALUE, and this has no ${at === 0 ? 'name' : '='}`);
}

/** A secret of a cloud's own store, by reference. */
export interface SecretReference {
  readonly provider: ProviderId | null;
  readonly name: string;
  readonly reference: string;
}

/** `NAME=REFERENCE` or `aws:NAME=REFERENCE`. The error does not show it: people paste the secret itself. */
export function secret(given: string, name: string): SecretReference {
  const named = providerIds.find((id) => given.trim().startsWith(`${id}:`)) ?? null;
  const pair = given.trim().slice(named === null ? 0 : named.length + 1);
  const at = pair.indexOf('=');
  if (at > 0 && at < pair.length - 1) {
    return { provider: named, name: pair.slice(0, at), reference: pair.slice(at + 1) };
  }
  throw new UsageError(`${name} takes NAME=REFERENCE, and this is something else`);
}

/** Requests a second and at once: `100,200`. */
export function throttle(
  given: string,
  name: string,
): { readonly rate: number; readonly burst: number } {
  const [, rate, burst] = /^(\d{1,9}),(\d{1,9})$/.exec(given) ?? [];
  if (rate !== undefined && burst !== undefined)
    return { rate: Number(rate), burst: Number(burst) };
  throw new UsageError(`${name} takes RATE,BURST, not ${JSON.stringify(given)}`, {
    hint: `such as ${name} 100,200: 100 requests a second, 200 at once`,
  });
}
