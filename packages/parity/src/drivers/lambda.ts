import type { Invoke, Send } from '../contract.ts';
import { lambdaAnswer, lambdaFailure } from './lambda-answer.ts';
import { lambdaContext, type LambdaContext } from './lambda-context.ts';
import { lambdaEvent, type LambdaShape } from './lambda-event.ts';

/** A Lambda function as the Node runtime calls it. */
export type LambdaFunction = (event: unknown, context: LambdaContext) => unknown;

/** Turns each request into the event of one front door, and the function's result into what that front door would answer. */
export function lambdaSend(lambda: LambdaFunction, shape: LambdaShape): Send {
  return (step) => ask(lambda, lambdaEvent(step, shape), shape, step.method);
}

/** Gives the function an event as it is, and answers as the front door that such an event comes from. */
export function lambdaInvoke(lambda: LambdaFunction): Invoke {
  return (event) => ask(lambda, event, shapeOf(event), 'GET');
}

async function ask(lambda: LambdaFunction, event: unknown, shape: LambdaShape, method: string) {
  // The runtime hands over what JSON can carry, both ways.
  const sent: unknown = JSON.parse(JSON.stringify(event));
  let result: unknown;
  try {
    result = await lambda(sent, lambdaContext());
  } catch {
    return lambdaFailure(shape);
  }
  const returned: unknown = result === undefined ? null : JSON.parse(JSON.stringify(result));
  return lambdaAnswer(returned, shape, method);
}

function shapeOf(event: unknown): LambdaShape {
  if (typeof event !== 'object' || event === null) return 'http-api-2.0';
  if ('version' in event && event.version === '2.0') return 'http-api-2.0';
  return 'rest';
}
