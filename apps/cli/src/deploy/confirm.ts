import { createInterface } from 'node:readline/promises';
import { UsageError } from '../errors.ts';

/** Refuses a command that would have to ask where nobody can be asked; `--yes` says it beforehand. */
export function needSomebodyToAsk(command: string, isYes: boolean): void {
  if (isYes || (process.stdin.isTTY && process.stdout.isTTY)) return;
  throw new UsageError(`${command} asks before it changes anything, and nobody is there to ask`, {
    hint: `tricloud ${command} … --yes says yes beforehand`,
  });
}

/** Whether the person says yes. */
export async function isConfirmed(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answered = lines.question(`${question} [y/N] `);
    // At the end of the input there is no answer, which is a no.
    const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    return /^y(es)?$/i.test((await Promise.race([answered, closed])).trim());
  } finally {
    lines.close();
  }
}
