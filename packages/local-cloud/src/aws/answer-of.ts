import { limitsOf } from '@tricloud/core';
import { type HttpAnswer, ownAnswer } from '../own-answer.ts';
import { toHttpAnswer } from './http-api-answer.ts';
import { describe } from './instance.ts';
import type { PoolResult } from './pool.ts';

const limits = limitsOf('aws');

/** The gateway's answer to a request that is too large, for itself or for Lambda. */
export const tooLarge = ownAnswer(limits.tooLarge);
/** The gateway's answer when the function fails, dies, or gives a result that cannot be understood. */
export const crashed = ownAnswer(limits.crashed);
/** The gateway's answer when it waited for the function as long as it does. */
export const gatewayTimedOut = ownAnswer(limits.httpTimedOut ?? limits.timedOut);
const timedOut = ownAnswer(limits.timedOut);
const responseTooLarge = ownAnswer(limits.responseTooLarge ?? limits.crashed);

/** What the gateway answers to an outcome, and why when it speaks in the function's place. */
export function answerOf(outcome: Exclude<PoolResult['outcome'], { kind: 'stream' }>): {
  readonly answer: HttpAnswer;
  readonly error?: string;
} {
  if (outcome.kind === 'response') {
    const answer = toHttpAnswer(outcome.json);
    if (answer !== undefined) return { answer };
    return { answer: crashed, error: 'The result is no response of payload format 2.0.' };
  }
  if (outcome.kind === 'error') {
    return { answer: crashed, error: `${outcome.errorType}: ${outcome.message}` };
  }
  if (outcome.kind === 'too-large') {
    const error = `Function.ResponseSizeTooLarge: ${outcome.bytes} bytes`;
    return { answer: responseTooLarge, error };
  }
  if (outcome.kind === 'timed-out') return { answer: timedOut, error: 'Task timed out.' };
  if (outcome.kind === 'exited') return { answer: crashed, error: describe(outcome.exit) };
  if (outcome.kind === 'init-failed') return { answer: crashed, error: outcome.reason };
  return { answer: crashed, error: 'The client closed the request before an instance was free.' };
}
