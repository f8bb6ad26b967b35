import { aws } from './aws.ts';
import { azure } from './azure.ts';
import { google } from './google.ts';
import type { Limits } from './limits.ts';
import type { Provider } from './provider.ts';

const byId: Readonly<Record<Provider['id'], Provider>> = { aws, google, azure };

/** The three clouds and their functions products. */
export const providers: readonly Provider[] = [aws, google, azure];

/** What a provider holds an HTTP function to, and what it answers when a limit is passed. */
export function limitsOf(provider: Provider['id']): Limits {
  return byId[provider].limits;
}
