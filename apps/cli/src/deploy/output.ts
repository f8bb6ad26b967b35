import { inspect } from 'node:util';
import { DeployError, redactJson, redactor, type Redact, type Target } from '@tricloud/deploy';
import { CommandError } from '../errors.ts';
import { withoutControls } from '../terminal.ts';

/** Masks the secrets of this shell and of what is deployed. */
export function redactFor(targets: readonly Target[]): Redact {
  return redactor(process.env, ...targets.map(({ environment }) => environment));
}

/** Writes lines to standard output, without secrets and without anything that moves the cursor. */
export function printLines(lines: readonly string[], redact: Redact): void {
  const text = lines.map((line) => `${withoutControls(redact(line), { keepColours: true })}\n`);
  process.stdout.write(text.join(''));
}

/** Writes a value as indented JSON. Its texts are redacted one by one: a mask in the JSON itself would break it. */
export function printJson(value: unknown, redact: Redact): void {
  const lines = JSON.stringify(redactJson(value, redact), null, 2).split('\n');
  printLines(lines, (line) => line);
}

/** A provider's failure as the command reports it: what failed, what is left, and what to type next. */
export function asCommandError(error: unknown, redact: Redact): CommandError {
  if (error instanceof CommandError) return error;
  // TRICLOUD_DEBUG shows the complete error.
  const cause = redact(inspect(error, { depth: 6 }));
  if (!(error instanceof DeployError)) {
    const message = error instanceof Error ? error.message : String(error);
    return new CommandError(oneLine(redact(message)), { cause });
  }
  const { cloud, leftBehind, hint, cleanUp } = error;
  const left = leftBehind.length === 0 ? '' : `; left behind: ${leftBehind.join(', ')}`;
  const hints = [
    ...(hint === null ? [] : [shownHint(hint, redact)]),
    ...(cleanUp === null ? [] : [`${cleanUp}  # removes what is left behind`]),
  ];
  return new CommandError(oneLine(redact(`${cloud}: ${error.message}${left}`)), {
    cause,
    hint: hints.length === 0 ? undefined : hints.join('\n'),
  });
}

/** Our own command lines hold no secret, and can be pasted only as they are. */
function shownHint(hint: string, redact: Redact): string {
  return hint.startsWith('npx tricloud ') ? hint : redact(hint);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}
