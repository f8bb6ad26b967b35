import { limitsOf } from '@tricloud/core';
import { type HttpAnswer, ownAnswer } from '../own-answer.ts';
import { toHttpAnswer } from './http-api-answer.ts';
import { describeExit } from './instance.ts';
import type { Invoked } from './invoke-in.ts';

const limits = limitsOf('aws');

/** The gateway's answer to a request that is too large, for itself or for Lambda. */
export const tooLarge = ownAnswer(limits.tooLarge);
/** The gateway's answer when the function fails, exits, or returns an invalid result. */
export const crashed = ownAnswer(limits.crashed);
/** The gateway's answer when the function takes longer than it waits. */
export const gatewayTimedOut = ownAnswer(limits.httpTimedOut ?? limits.timedOut);
const timedOut = ownAnswer(limits.timedOut);
const responseTooLarge = ownAnswer(limits.responseTooLarge ?? limits.crashed);

/** The gateway's answer to an outcome, with the error when it answers in the function's place. */
export function answerOf(outcome: Exclude<Invoked['outcome'], { kind: 'stream' }>): {
  readonly answer: HttpAnswer;
  readonly error?: string;
} {
  switch (outcome.kind) {
    case 'response': {
      const answer = toHttpAnswer(outcome.json);
      if (answer !== undefined) return { answer };
      return { answer: crashed, error: 'The result is no response of payload format 2.0.' };
    }
    case 'error':
      return { answer: crashed, error: `${outcome.errorType}: ${outcome.message}` };
    case 'too-large': {
      const error = `Function.ResponseSizeTooLarge: ${outcome.bytes} bytes`;
      return { answer: responseTooLarge, error };
    }
    case 'timed-out':
      return { answer: timedOut, error: 'Task timed out.' };
    case 'exited':
      return { answer: crashed, error: describeExit(outcome.exit) };
    default:
      return { answer: crashed, error: outcome.reason };
  }
}
