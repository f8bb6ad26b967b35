// oxlint-disable-next-line typescript/no-explicit-any -- messages of any kind, checked by what reads them
export type Message = any;

/** An answer of HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** What a request is refused with, as https://google.aip.dev/193 has it. */
export class Refusal extends Error {
  readonly answer: Answer;
  constructor(status: number, code: string, message: string, details?: readonly object[]) {
    super(message);
    const error = { code: status, status: code, message, ...(details && { details }) };
    this.answer = { status, body: { error } };
  }
}
