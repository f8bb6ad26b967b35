import type { OnStep, Redact } from '@tricloud/deploy';
import { CommandError } from '../errors.ts';
import { withoutControls } from '../terminal.ts';
import type { Aim } from './aims.ts';
import { asCommandError } from './output.ts';
import { stepReporter } from './step-reporter.ts';

/** What came of one cloud: a result or an error, never both. */
export interface Outcome<A extends Aim, T> {
  readonly aim: A;
  readonly result?: T;
  readonly error?: CommandError;
}

/** Does the same on each cloud at once, telling the steps; what fails on one cloud stops no other. */
export async function forEachCloud<A extends Aim, T>(
  aims: readonly A[],
  { redact }: { readonly redact: Redact; readonly signal: AbortSignal },
  act: (aim: A, onStep: OnStep) => Promise<T>,
): Promise<readonly Outcome<A, T>[]> {
  // Steps are told on stderr, so that what stands on stdout is the result alone.
  const reporter = stepReporter(process.stderr, process.env, redact);
  const outcomes = await Promise.all(
    aims.map(async (aim): Promise<Outcome<A, T>> => {
      try {
        return { aim, result: await act(aim, reporter.of(aim.cloud.id)) };
      } catch (error) {
        const told = asCommandError(error, redact);
        if (told instanceof CommandError) return { aim, error: told };
        throw told;
      }
    }),
  );
  reporter.close();
  for (const { error } of outcomes) {
    if (error === undefined) continue;
    const hint = error.hint === undefined ? '' : `hint: ${withoutControls(error.hint)}\n`;
    process.stderr.write(`tricloud: ${withoutControls(error.message)}\n${hint}`);
    if (process.env['TRICLOUD_DEBUG']) console.error(error.cause);
  }
  return outcomes;
}
