import type { RequestListener } from 'node:http';
import { deferred } from '@tricloud/supervisor';
import { type Front, listen } from './front.ts';

/** A front that is open before anybody serves behind it; requests wait until then. */
export interface SwitchedFront extends Front {
  serveBy(listener: RequestListener): void;
}

/** Takes a port at once: one that is in use is known before anything is built. */
export async function openFront(port: number, flag: string): Promise<SwitchedFront> {
  const first = deferred<RequestListener>();
  let current: RequestListener = async (request, response) =>
    (await first.promise)(request, response);
  const front = await listen(port, flag, (request, response) => current(request, response));
  return {
    ...front,
    serveBy(listener) {
      current = listener;
      first.resolve(listener);
    },
  };
}
