import { places, type ProviderId } from '@tricloud/core';
import { seeHelp } from '../arguments.ts';
import { providerNamed } from '../dev/settings.ts';
import { UsageError } from '../errors.ts';
import { isRecord } from '../json-file.ts';
import { nearest } from '../nearest.ts';

/** Flags of `tricloud compare` that change the workload of the file. */
export const workloadOptions = {
  place: { type: 'string' },
  region: { type: 'string', multiple: true },
  commitment: { type: 'string' },
  arrivals: { type: 'string' },
  redundancy: { type: 'string' },
  'include-legacy': { type: 'boolean' },
  'no-free-tier': { type: 'boolean' },
} as const;

/** Values of those flags. */
export interface WorkloadFlags {
  readonly place?: string | undefined;
  readonly region?: readonly string[] | undefined;
  readonly commitment?: string | undefined;
  readonly arrivals?: string | undefined;
  readonly redundancy?: string | undefined;
  readonly 'include-legacy'?: boolean | undefined;
  readonly 'no-free-tier'?: boolean | undefined;
}

type Change = (input: unknown) => unknown;

/**
 * Change of a workload that flags ask for, their values checked; throws `UsageError`. A place takes the regions of the
 * file away, and a region given beside it stays.
 */
export function workloadChange(flags: WorkloadFlags): Change {
  const place = flags.place === undefined ? undefined : placeNamed(flags.place);
  const region = regionsNamed(flags.region ?? []);
  const fields = {
    ...(place === undefined ? {} : { place }),
    ...oneOf('commitment', flags.commitment, { none: 'none', '1y': '1y' }),
    ...oneOf('arrivals', flags.arrivals, { random: 'random', even: 'even' }),
    ...oneOf('redundancy', flags.redundancy, { 1: 1, 2: 2 }),
    ...(flags['include-legacy'] === true ? { includeLegacy: true } : {}),
    ...(flags['no-free-tier'] === true ? { freeTier: false } : {}),
  };
  return (input) => {
    if (!isRecord(input)) return input;
    const { region: given, ...others } = input;
    const regions = place === undefined ? merged(given, region) : region;
    return { ...others, ...fields, ...(regions === undefined ? {} : { region: regions }) };
  };
}

/** The id of a place that is named by its id or in either language, in any spelling of capitals and marks. */
function placeNamed(name: string): string {
  const wanted = lettersOf(name);
  const found = places.find(({ id, vi, en }) => [id, vi, en].map(lettersOf).includes(wanted));
  if (found !== undefined) return found.id;
  const names = places.flatMap(({ id, vi, en }) => [id, lettersOf(vi), lettersOf(en)]);
  const near = nearest(wanted, names);
  const meant = places.find(({ id, vi, en }) =>
    [id, lettersOf(vi), lettersOf(en)].includes(near ?? ''),
  );
  throw new UsageError(`--place takes a place such as singapore, not ${JSON.stringify(name)}`, {
    hint: meant === undefined ? seeHelp('compare') : `did you mean --place ${meant.id}?`,
  });
}

function lettersOf(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.replaceAll('đ', 'd').replaceAll(/[^a-z]/g, '');
}

/** `aws=us-east-1,azure=eastus`, once or more often; core decides whether a region has prices. */
function regionsNamed(lists: readonly string[]): Readonly<Partial<Record<ProviderId, string>>> {
  const found: Partial<Record<ProviderId, string>> = {};
  for (const pair of lists.flatMap((list) => list.split(','))) {
    const [name = '', region, ...more] = pair.split('=').map((part) => part.trim());
    if (!region || more.length > 0) {
      throw new UsageError(`--region takes provider=region, not ${JSON.stringify(pair)}`, {
        hint: 'such as --region aws=us-east-1,google=us-central1,azure=eastus',
      });
    }
    const provider = providerNamed('--region', name);
    if (found[provider] !== undefined) {
      throw new UsageError(`--region gives ${provider} two regions`, { hint: seeHelp('compare') });
    }
    found[provider] = region;
  }
  return found;
}

/** The regions of the file with those of the flag over them; what is no object stays, to be refused as such. */
function merged(given: unknown, chosen: Readonly<Partial<Record<ProviderId, string>>>): unknown {
  if (Object.keys(chosen).length === 0) return given;
  if (given === undefined) return chosen;
  return isRecord(given) ? { ...given, ...chosen } : given;
}

function oneOf<T>(
  field: string,
  given: string | undefined,
  values: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  if (given === undefined) return {};
  const value = Object.hasOwn(values, given) ? values[given] : undefined;
  if (value !== undefined) return { [field]: value };
  const names = Object.keys(values);
  throw new UsageError(`--${field} takes ${names.join(' or ')}, not ${JSON.stringify(given)}`, {
    hint: `such as --${field} ${nearest(given, names) ?? names.at(-1)}`,
  });
}
