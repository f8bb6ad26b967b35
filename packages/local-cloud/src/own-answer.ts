import { STATUS_CODES } from 'node:http';
import type { Answer } from '@tricloud/core';

/** An answer as it is sent, with its header lines in order. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** The Content-Length that a function gave for a body that it left out. */
  readonly declaredLength?: number | undefined;
}

/** The provider's answer in the function's place; its body is the status in words where no source shows another. */
export function ownAnswer(answer: Answer): HttpAnswer {
  const headers = Object.entries(answer.headers);
  return {
    status: answer.status,
    headers: headers.length === 0 && answer.body === null ? plainText : headers,
    body: Buffer.from(answer.body ?? STATUS_CODES[answer.status] ?? ''),
  };
}

const plainText = [['content-type', 'text/plain; charset=utf-8']] as const;
