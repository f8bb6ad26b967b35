import { createInterface } from 'node:readline/promises';
import type { Redact } from '@tricloud/deploy';
import { UsageError } from '../errors.ts';
import { requestAgain } from './next-command.ts';
import type { DeploymentRequest } from './prepare.ts';

/** @throws {UsageError} where a command has to ask and this is not an interactive terminal. */
export function requireTerminal(request: DeploymentRequest, redact: Redact): void {
  if (process.stdin.isTTY && process.stdout.isTTY) return;
  const { command, operands } = request;
  throw new UsageError(
    `${command} asks first, and this is not an interactive terminal; pass --yes`,
    {
      hint: requestAgain({ ...request, redact }, command, operands, { yes: [] }),
    },
  );
}

/** True when the person answers yes. */
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
