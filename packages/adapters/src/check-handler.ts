import { excerpt } from './failure.ts';

/** Throws `TypeError` where the handler is none: when the module is loaded, and not at every request. */
export function checkHandler(handler: unknown): void {
  if (typeof handler === 'function') return;
  const named = handler === undefined ? 'undefined' : excerpt(handler);
  throw new TypeError(`The handler must be a function of (request, invocation), not ${named}.`);
}
