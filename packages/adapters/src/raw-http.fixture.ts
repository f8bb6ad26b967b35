import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { untyped } from './untyped.fixture.ts';

/** What came back over a connection that the server closed or that went quiet. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** Listens on a free port of this machine. */
export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return untyped<AddressInfo>(server.address()).port;
}

/** Closes a server and every connection to it. */
export async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** Sends a request word for word and reads until the server closes; the body is taken out of its chunks. */
export async function rawRequest(
  port: number,
  head: string,
  body: Uint8Array = new Uint8Array(),
): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  socket.write(
    Buffer.concat([Buffer.from(`${head}\r\nConnection: close\r\n\r\n`, 'latin1'), body]),
  );
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(untyped(chunk));
  const all = Buffer.concat(chunks);
  const end = all.indexOf('\r\n\r\n');
  const [line = '', ...lines] = all.subarray(0, end).toString('latin1').split('\r\n');
  const rest = all.subarray(end + 4);
  const isChunked = lines.some((field) => /^transfer-encoding: chunked$/i.test(field));
  return {
    status: Number(line.split(' ')[1]),
    // The server's own, which change from run to run.
    headers: lines.filter((field) => !/^(?:date|connection|keep-alive):/i.test(field)),
    body: isChunked ? unchunk(rest) : rest,
  };
}

function unchunk(rest: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < rest.length;) {
    const end = rest.indexOf('\r\n', at);
    const size = Number.parseInt(rest.subarray(at, end).toString(), 16);
    parts.push(rest.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts);
}
