import { untilInterrupted } from '../interruption.ts';

/** Runs what stops when its signal is aborted: at Ctrl-C; one more Ctrl-C ends the command at once. */
export async function interruptible<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  void abortWhenInterrupted(controller);
  return run(controller.signal);
}

async function abortWhenInterrupted(controller: AbortController): Promise<void> {
  await untilInterrupted(process, () => process.exit(130));
  process.stderr.write('stopping; Ctrl-C once more ends at once\n');
  controller.abort();
}
