import { createServer, type RequestListener } from 'node:http';
import { served, type ServedSend } from './served.ts';

/** Serves a listener with `node:http` itself. */
export function nodeSend(listener: RequestListener): Promise<ServedSend> {
  return served(createServer(listener));
}
