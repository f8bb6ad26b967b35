/** A request that never reaches the handler: thrown by `toRequest`, answered with its status. */
export class UnacceptableRequestError extends Error {
  override readonly name = 'UnacceptableRequestError';
  readonly status: 400 | 501;

  constructor(message: string, status: 400 | 501 = 400) {
    super(message);
    this.status = status;
  }
}

const titles = { 400: 'Bad Request', 500: 'Internal Server Error', 501: 'Not Implemented' };

/** The bare answer to a request that failed: the same bytes on every provider, and no word of the cause. */
export function problem(status: 400 | 500 | 501): Response {
  return new Response(JSON.stringify({ title: titles[status], status }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
}

/** The answer to whatever `toRequest` threw: its input is all from outside, so the fault is the caller's. */
export function refusal(error: unknown): Response {
  const status = error instanceof UnacceptableRequestError ? error.status : 400;
  report(
    `Request refused with ${status}: ${error instanceof Error ? error.message : 'unreadable'}`,
  );
  return problem(status);
}

/** Writes to stderr what the client is not told. */
export function report(problemForDevelopers: unknown): void {
  try {
    console.error(problemForDevelopers);
  } catch {
    // A thrown object may throw again when it is printed.
    console.error('The handler threw something that cannot be printed.');
  }
}

/** A value from outside as part of a message: one line, at most 60 characters. */
export function excerpt(value: unknown): string {
  try {
    const text = JSON.stringify(value) ?? typeof value;
    return text.length > 60 ? `${text.slice(0, 60)}…` : text;
  } catch {
    return typeof value;
  }
}
