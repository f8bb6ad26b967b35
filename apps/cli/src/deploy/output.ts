import { inspect } from 'node:util';
import { DeployError, redactor, type Redact, type Target } from '@tricloud/deploy';
import { CommandError } from '../errors.ts';
import { withoutControls } from '../terminal.ts';

/** What blots out the secrets of the shell that a command was typed in, and of what is deployed. */
export function redactFor(targets: readonly Target[]): Redact {
  return redactor(process.env, ...targets.map(({ environment }) => environment));
}

/** Writes lines to standard output, none of them with a secret in it or with what moves the cursor. */
export function printLines(lines: readonly string[], redact: Redact): void {
  const text = lines.map((line) => `${withoutControls(redact(line), { keepColours: true })}\n`);
  process.stdout.write(text.join(''));
}

/** A provider's failure as the command tells it: what went wrong, what is left, and what to type next. */
export function asCommandError(error: unknown, redact: Redact): unknown {
  if (error instanceof CommandError) return error;
  const isExpected = error instanceof DeployError;
  const message = isExpected ? `${error.cloud}: ${error.message}` : messageOf(error);
  const left = isExpected && error.leftBehind.length > 0 ? leftLines(error.leftBehind) : '';
  const hint = isExpected ? error.hint : null;
  return new CommandError(oneLine(redact(message)) + redact(left), {
    // The whole error, as TRICLOUD_DEBUG shows it, is told no secret either.
    cause: redact(inspect(error, { depth: 6 })),
    ...(hint === null ? {} : { hint: redact(hint) }),
  });
}

function leftLines(names: readonly string[]): string {
  return `; left behind: ${names.join(', ')}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}
