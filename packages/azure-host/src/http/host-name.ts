import type { IncomingMessage } from 'node:http';

/**
 * The host a request names, `own` when it names none; `undefined` where Kestrel answers 400: more than one
 * `Host`, or one that no URL can have.
 */
export function hostNameOf(request: IncomingMessage, own: string): string | undefined {
  const { host } = request.headers;
  if (countHosts(request.rawHeaders) > 1) return undefined;
  if (host === undefined || host === '') return own;
  return isHostName(host) ? host : undefined;
}

function countHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count;
}

/** The last one that was tried: most requests name the same. */
let known = '';

function isHostName(host: string): boolean {
  if (host === known) return true;
  if (!/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d*)?$/i.test(host)) return false;
  if (!URL.canParse(`http://${host}/`)) return false;
  known = host;
  return true;
}
