import type { InvalidInputError } from '@tricloud/core/parts';
import { withoutControls } from './terminal.ts';

/** A command that failed: reported in one line and a hint, exit code 1. */
export class CommandError extends Error {
  readonly exitCode: number = 1;
  /** The next step, such as a command that can be pasted; one line each. */
  readonly hint: string | undefined;

  constructor(message: string, options: { hint?: string | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.hint = options.hint;
  }
}

/** Wrong arguments or environment variables; exit code 2. */
export class UsageError extends CommandError {
  override readonly exitCode = 2;
}

/** A file that is missing or wrong: a line for each fault, exit code 2. */
export class BadInputError extends CommandError {
  override readonly exitCode = 2;
  readonly faults: readonly string[];

  constructor(
    message: string,
    options: { faults?: readonly string[]; hint?: string | undefined } = {},
  ) {
    super(message, options);
    this.faults = options.faults ?? [];
  }

  /** The faults of a document, by the name of its file. */
  static of(name: string, { faults }: InvalidInputError, hint: string): BadInputError {
    return new BadInputError('', {
      faults: faults.map(
        ({ path, problem }) => `${name}: ${path === '' ? '' : `${path} `}${problem}`,
      ),
      hint,
    });
  }
}

/** A failure as stderr shows it; nothing in it moves the cursor. */
export function failureLines(
  message: string,
  hint?: string,
  faults: readonly string[] = [],
): string {
  const lines = [
    ...(message === '' ? [] : [`tricloud: ${message}`]),
    ...faults,
    ...(hint === undefined ? [] : hint.split('\n').map((line) => `hint: ${line}`)),
  ];
  return lines.map((line) => `${withoutControls(line)}\n`).join('');
}
