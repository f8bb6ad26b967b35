import type { DeployedFunction } from './deployed-function.ts';
import type { Endpoints } from './endpoints.ts';

/** The public address of a function, or why there is none. */
export function urlOf(
  { cloudfunctions }: Endpoints,
  deployed: DeployedFunction | null,
): { readonly url: string | null; readonly noUrlBecause: string | null } {
  const uri = deployed?.service.uri ?? null;
  if (uri === null) return { url: null, noUrlBecause: 'the function has no URL' };
  const { overriddenBy, url } = cloudfunctions;
  // Such as a private endpoint: the function behind it has its public address all the same.
  if (overriddenBy === null || url.hostname.endsWith('.googleapis.com')) {
    return { url: uri, noUrlBecause: null };
  }
  const noUrlBecause = `${overriddenBy} leads to ${url.host}, and not to Google`;
  return { url: null, noUrlBecause };
}
