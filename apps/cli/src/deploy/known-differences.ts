import type { Difference } from '@tricloud/deploy';

/** Differences from the deployed state; null where that is unknown, with the reason. */
export interface KnownDifferences {
  readonly differences: readonly Difference[] | null;
  readonly unknownBecause: string;
}

/** Reads the differences; unknown without credentials, after a failure, or after `ms`. */
export async function differencesWithin(
  ms: number,
  read: (signal: AbortSignal) => Promise<readonly Difference[] | null>,
): Promise<KnownDifferences> {
  const giveUp = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<KnownDifferences>((resolve) => {
    timer = setTimeout(() => resolve(unknown(`no response within ${ms / 1000} s`)), ms);
  });
  const known = read(giveUp.signal).then(
    (differences) =>
      differences === null
        ? unknown('no credentials were found')
        : { differences, unknownBecause: '' },
    (error: unknown) => unknown(error instanceof Error ? error.message : String(error)),
  );
  try {
    return await Promise.race([known, late]);
  } finally {
    clearTimeout(timer);
    giveUp.abort();
  }
}

/** Differences that are unknown. */
export function unknown(unknownBecause: string): KnownDifferences {
  return { differences: null, unknownBecause };
}
