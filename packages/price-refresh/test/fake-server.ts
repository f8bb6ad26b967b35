import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What a fake interface does with a request. */
export type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

/** A server on the loopback interface, and what it was asked. */
export interface FakeServer {
  readonly url: string;
  readonly asked: { readonly url: string; readonly key: string | undefined }[];
  close(): Promise<void>;
}

/** Serves until it is closed. */
export async function serve(handler: Handler): Promise<FakeServer> {
  const asked: FakeServer['asked'] = [];
  const server = createServer((request, response) => {
    const key = request.headers['x-goog-api-key'];
    asked.push({ url: request.url ?? '', key: typeof key === 'string' ? key : undefined });
    handler(request, response, new URL(request.url ?? '/', 'http://127.0.0.1'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  const { port } = address;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with JSON. */
export function json(response: ServerResponse, value: unknown, status = 200): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
