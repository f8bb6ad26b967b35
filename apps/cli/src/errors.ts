/** A command that cannot do what it was asked for; told in one line and a hint, exit code 1. */
export class CommandError extends Error {
  readonly exitCode: number = 1;
  readonly hint: string | undefined;

  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.hint = options.hint;
  }
}

/** Arguments or environment variables that mean nothing; exit code 2. */
export class UsageError extends CommandError {
  override readonly exitCode = 2;
}

/** A file that is missing or does not say what it should: a line for each fault, exit code 2. */
export class BadInputError extends CommandError {
  override readonly exitCode = 2;
  readonly faults: readonly string[];

  constructor(message: string, options: { faults?: readonly string[]; hint?: string } = {}) {
    super(message, options);
    this.faults = options.faults ?? [];
  }
}
