import type { OnStep, Redact } from '@tricloud/deploy';
import { type CommandError, failureLines } from '../errors.ts';
import { asCommandError } from './output.ts';
import { stepReporter } from './step-reporter.ts';
import type { CloudTarget } from './targets.ts';

/** The result on one cloud, or the error. */
export type Outcome<C extends CloudTarget, T> = C &
  (
    | { readonly result: T; readonly error?: never }
    | { readonly result?: never; readonly error: CommandError }
  );

/** Does the same on each cloud at once and reports the steps; a failure on one cloud stops no other. */
export async function forEachCloud<C extends CloudTarget, T>(
  targets: readonly C[],
  redact: Redact,
  act: (each: C, onStep: OnStep) => Promise<T>,
): Promise<readonly Outcome<C, T>[]> {
  // On stderr, so that stdout holds the result alone.
  const reporter = stepReporter(process.stderr, process.env, redact);
  const outcomes = await Promise.all(
    targets.map(async (each): Promise<Outcome<C, T>> => {
      try {
        return { ...each, result: await act(each, reporter.of(each.cloud.id)) };
      } catch (error) {
        return { ...each, error: asCommandError(error, redact) };
      }
    }),
  );
  reporter.close();
  for (const { error } of outcomes) {
    if (error === undefined) continue;
    process.stderr.write(failureLines(error.message, error.hint));
    if (process.env['TRICLOUD_DEBUG']) console.error(error.cause);
  }
  return outcomes;
}

/** The exit code: 1 where a cloud failed. */
export function exitCodeOf(outcomes: readonly Outcome<CloudTarget, unknown>[]): number {
  return outcomes.every(({ error }) => error === undefined) ? 0 : 1;
}
