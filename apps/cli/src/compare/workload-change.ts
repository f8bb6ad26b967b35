import { places, type ProviderId } from '@tricloud/core/catalog';
import { isFields } from '@tricloud/core/parts';
import type { Values } from '../command-line/declaration.ts';
import { suggest } from '../command-line/suggest.ts';
import { regionsByProvider } from '../command-line/values.ts';
import type { compare } from '../declarations/costs.ts';
import { UsageError } from '../errors.ts';

/** Values of the options that change the workload of the file. */
export type WorkloadOptions = Pick<
  Values<(typeof compare)['options']>,
  'place' | 'region' | 'commitment' | 'arrivals' | 'redundancy' | 'includeLegacy' | 'freeTier'
>;

/**
 * Changes a workload as the options say. A place replaces the regions of the file; a region that is given with it
 * stays.
 *
 * @throws {UsageError} for an unknown place.
 */
export function workloadChange(options: WorkloadOptions): (input: unknown) => unknown {
  const { commitment, arrivals, redundancy, includeLegacy, freeTier } = options;
  const place = options.place === undefined ? undefined : placeNamed(options.place);
  const region = regionsByProvider(options.region.flat(), undefined);
  const fields = {
    place,
    commitment,
    arrivals,
    redundancy: redundancy === undefined ? undefined : Number(redundancy),
    includeLegacy: includeLegacy || undefined,
    freeTier: freeTier ? undefined : false,
  };
  const changed = Object.entries(fields).filter(([, value]) => value !== undefined);
  return (input) => {
    if (!isFields(input)) return input;
    const { region: inFile, ...others } = input;
    const regions = merged(place === undefined ? inFile : undefined, region);
    return {
      ...others,
      ...Object.fromEntries(changed),
      ...(regions === undefined ? {} : { region: regions }),
    };
  };
}

/** The id of a place that is named by its id or in either language, in any spelling of capitals and marks. */
function placeNamed(name: string): string {
  const spellings = places.flatMap(({ id, vi, en }) =>
    [id, vi, en].map((spelling) => ({ id, letters: lettersOf(spelling) })),
  );
  const idOf = (wanted: string) => spellings.find(({ letters }) => letters === wanted)?.id;
  const found = idOf(lettersOf(name));
  if (found !== undefined) return found;
  const meant = suggest(
    lettersOf(name),
    spellings.map(({ letters }) => letters),
  );
  throw new UsageError(`--place takes a place such as singapore, not ${JSON.stringify(name)}`, {
    hint: meant === undefined ? undefined : `did you mean --place ${idOf(meant)}?`,
  });
}

function lettersOf(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.replaceAll('đ', 'd').replaceAll(/[^a-z]/g, '');
}

/** The regions of the file, those of the options over them; what is no object stays, to be refused as such. */
function merged(inFile: unknown, chosen: Readonly<Partial<Record<ProviderId, string>>>): unknown {
  if (Object.keys(chosen).length === 0) return inFile;
  if (inFile === undefined) return chosen;
  return isFields(inFile) ? { ...inFile, ...chosen } : inFile;
}
