import type { Server } from 'node:http';
import { httpSend } from '../http-send.ts';
import type { Send } from '../contract.ts';

/** A server of the driver's own on a free loopback port, and the way to ask it and to stop it. */
export interface ServedSend {
  readonly url: string;
  readonly send: Send;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1, on a port that the system gives. */
export async function served(server: Server): Promise<ServedSend> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, backlog: 2048 }, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const url = `http://127.0.0.1:${address.port}`;
  const send = httpSend(url);
  return {
    url,
    send,
    close: () =>
      new Promise((resolve, reject) => {
        send.close();
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}
