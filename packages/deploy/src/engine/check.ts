import { regionsOf } from '@tricloud/core/catalog';
import { DeployError } from './errors.ts';
import type { Failure } from './failure.ts';
import type { Run } from './run.ts';
import { similarRegions } from './similar-regions.ts';
import type { Target } from './target.ts';
import { TransportError } from './transport-error.ts';

/** A line of `tricloud doctor`. */
export interface Check {
  /** Such as `credentials` or `quota`. */
  readonly name: string;
  readonly state: 'good' | 'warning' | 'bad' | 'unknown';
  /** What was found; never the value of a credential. */
  readonly found: string;
  /** Command that fixes it; null where there is none. */
  readonly mend: string | null;
}

/** Makes a check. */
export function check(
  name: string,
  state: Check['state'],
  found: string,
  mend: string | null = null,
): Check {
  return { name, state, found, mend };
}

type ReadFailure = (error: unknown, run: Run) => Failure;

/** Describes a failure as a check: `bad` where a deployment would fail as well, `unknown` otherwise. */
export function failedCheck(
  run: Run,
  readFailure: ReadFailure,
  [name, state, error]: readonly [name: string, state: 'bad' | 'unknown', error: unknown],
): Check {
  run.signal.throwIfAborted();
  if (error instanceof DeployError) {
    return check(name, state, run.redact(error.message), error.hint);
  }
  const { message, fix } = readFailure(error, run);
  // The provider was not reached.
  const known = error instanceof TransportError ? 'unknown' : state;
  return check(name, known, run.redact(message), fix);
}

/** Questions by name, in the order in which they are asked. */
export type Questions = readonly (readonly [name: string, ask: () => Promise<readonly Check[]>])[];

/** Asks one question after the other; what could not be read is unknown. */
export async function* askAll(
  run: Run,
  readFailure: ReadFailure,
  questions: Questions,
): AsyncGenerator<Check> {
  for (const [name, ask] of questions) {
    yield* await ask().catch((error: unknown) => [
      failedCheck(run, readFailure, [name, 'unknown', error]),
    ]);
  }
}

/** Looks a region up in the catalogue. */
export function regionCheck({ cloud, region }: Target): Check {
  const regions = regionsOf(cloud);
  if (regions.includes(region)) return check('region', 'good', region);
  const found = `${region} has no functions; similar regions: ${similarRegions(region, regions)}`;
  return check('region', 'bad', found);
}

/**
 * Compares this machine's clock with a provider's, whose answer came between two times; empty where it has no date.
 * Providers refuse tokens and signatures from five minutes of difference on.
 */
export function clockCheck(
  beforeMs: number,
  answer: { readonly headers: { get(name: string): string | null } },
  afterMs: number,
): readonly Check[] {
  const dateMs = Date.parse(answer.headers.get('date') ?? '');
  if (Number.isNaN(dateMs)) return [];
  // The header has whole seconds.
  const skewMs = Math.max(dateMs - afterMs, beforeMs - (dateMs + 1000), 0);
  const found = skewMs < 1000 ? 'same as the provider’s' : `${Math.round(skewMs / 1000)} s off`;
  if (skewMs < 240_000) return [check('clock', 'good', found)];
  return [check('clock', 'bad', found, 'sudo timedatectl set-ntp true')];
}
