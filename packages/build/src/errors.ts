import path from 'node:path';
import { type BuildFailure, formatMessages, type Message } from 'esbuild';

/** A place in a source file, as editors show it: line and column start at 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** An app could not be bundled; its message is esbuild's own, with an excerpt of the source. */
export class BuildFailedError extends Error {
  override name = 'BuildFailedError';
  /** First problem without the excerpt. */
  readonly text: string;
  /** Where the first problem is, with an absolute path; `undefined` where esbuild names no place. */
  readonly location: SourceLocation | undefined;

  constructor(
    message: string,
    options: {
      readonly text: string;
      readonly location: SourceLocation | undefined;
      readonly cause: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.text = options.text;
    this.location = options.location;
  }

  /** First problem after its place, whose path is relative to the current folder. */
  get summary(): string {
    if (this.location === undefined) return this.text;
    const { file, line, column } = this.location;
    return `${path.relative(process.cwd(), file)}:${line}:${column}: ${this.text}`;
  }
}

/** esbuild's failure as a `BuildFailedError`; any other error as it is. */
export async function toBuildFailedError(error: unknown, workingDir: string): Promise<unknown> {
  if (!isBuildFailure(error)) return error;
  const messages = await formatMessages(error.errors, { kind: 'error', color: false });
  const [first] = error.errors;
  return new BuildFailedError(messages.join('').trim(), {
    text: first?.text ?? error.message,
    location: locationOf(first, workingDir),
    cause: error,
  });
}

function locationOf(message: Message | undefined, workingDir: string): SourceLocation | undefined {
  if (message === undefined || message.location === null) return undefined;
  const { file, line, column } = message.location;
  return { file: path.resolve(workingDir, file), line, column: column + 1 };
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}
