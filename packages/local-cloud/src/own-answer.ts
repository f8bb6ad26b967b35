import { STATUS_CODES } from 'node:http';
import type { Answer } from '@tricloud/core';

/** An answer as it goes over the wire, header lines in order. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** The Content-Length that a function told for a body it left out. */
  readonly toldLength?: number;
}

/** The provider's answer in the function's place; where no source shows its body, the status in words. */
export function ownAnswer(answer: Answer): HttpAnswer {
  const headers = Object.entries(answer.headers);
  return {
    status: answer.status,
    headers: headers.length === 0 && answer.body === null ? plainText : headers,
    body: Buffer.from(answer.body ?? STATUS_CODES[answer.status] ?? ''),
  };
}

const plainText = [['content-type', 'text/plain; charset=utf-8']] as const;
