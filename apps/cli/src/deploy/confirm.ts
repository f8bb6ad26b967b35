import { createInterface } from 'node:readline/promises';
import { UsageError } from '../errors.ts';

/** Whether the person says yes; where nobody can be asked, `--yes` has to say it. */
export async function isConfirmed(
  question: string,
  { command, isYes }: { readonly command: string; readonly isYes: boolean },
): Promise<boolean> {
  if (isYes) return true;
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new UsageError(`${command} asks before it changes anything, and nobody is there to ask`, {
      hint: `tricloud ${command} … --yes says yes beforehand`,
    });
  }
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
