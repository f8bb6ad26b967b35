import type { Server } from 'node:http';

/** Listens on this machine only; the port that was taken. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolveListening, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolveListening(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Stops listening; connections that are in use may end what they have begun. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolveClosed) => {
    server.close(() => resolveClosed());
    server.closeIdleConnections();
  });
}
