import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalCloudError, PortInUseError } from './errors.ts';

/** A server on the loopback interface. */
export interface Front {
  readonly port: number;
  readonly url: string;
  /** Stops listening and cuts what is still open. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 only. @throws {PortInUseError} naming the flag that chooses another port. */
export async function listen(
  port: number,
  flag: string,
  listener: RequestListener,
): Promise<Front> {
  // The function decides how long a request may take; Node's own limit of five minutes would cut it short.
  const server = createServer(
    { keepAliveTimeout: 65_000, requestTimeout: 0, highWaterMark: 256 * 1024 },
    (request, response) => {
      if (request.rawHeaders.filter(isHostName).length > 1) {
        request.resume();
        response.writeHead(400, { 'content-length': 0 }).end();
      } else listener(request, response);
    },
  );
  server.on('clientError', (error, socket) => {
    if (!socket.writable) return;
    const isOverflow = 'code' in error && error.code === 'HPE_HEADER_OVERFLOW';
    const status = isOverflow ? '431 Request Header Fields Too Large' : '400 Bad Request';
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(toListenError(error, port, flag)));
    server.listen({ port, host: '127.0.0.1', backlog: 2048 }, resolve);
  });
  const actual = addressOf(server).port;
  return {
    port: actual,
    url: `http://127.0.0.1:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Names stand at even places; RFC 9112, 3.2, asks for 400 where there are two hosts. */
function isHostName(text: string, index: number): boolean {
  return index % 2 === 0 && text.length === 4 && text.toLowerCase() === 'host';
}

function toListenError(error: Error, port: number, flag: string): LocalCloudError {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return new PortInUseError(port, flag, { cause: error });
  return new LocalCloudError(`Port ${port} cannot be opened: ${error.message}. See ${flag}.`, {
    cause: error,
  });
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new LocalCloudError('The server listens on no port.');
  }
  return address;
}
