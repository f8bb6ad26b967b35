import type { FetchHandler } from '@tricloud/adapters';
import { createApp, type FunctionOptions } from './app.ts';

export type { FunctionOptions } from './app.ts';

/** The function that ships, as a portable handler. */
export function createHandler(options: FunctionOptions = {}): FetchHandler {
  const app = createApp(options);
  return (request, invocation) => app.fetch(request, { invocation });
}
