import { connect } from 'node:net';

/** What came of a run of requests. */
export interface Load {
  readonly requestsPerSecond: number;
  readonly failures: number;
}

/**
 * Sends one GET after the other on each of some kept connections for a while, and counts the answers.
 * Bare sockets, because on a machine of two cores a full client would take from the server it measures.
 */
export async function load(options: {
  readonly port: number;
  readonly path: string;
  readonly body: string;
  readonly connections: number;
  readonly milliseconds: number;
}): Promise<Load> {
  const counts = { answers: 0, failures: 0 };
  const startedAt = performance.now();
  const end = startedAt + options.milliseconds;
  await Promise.all(
    Array.from({ length: options.connections }, () => oneConnection(options, end, counts)),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  return { requestsPerSecond: counts.answers / seconds, failures: counts.failures };
}

function oneConnection(
  { port, path, body }: { readonly port: number; readonly path: string; readonly body: string },
  end: number,
  counts: { answers: number; failures: number },
): Promise<void> {
  const request = `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nAccept: */*\r\nUser-Agent: bench\r\n\r\n`;
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.setNoDelay(true);
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (!isComplete(received)) return;
      if (received.startsWith('HTTP/1.1 200') && received.includes(body)) counts.answers += 1;
      else counts.failures += 1;
      received = '';
      if (performance.now() < end) socket.write(request);
      else socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve());
  });
}

/** Whether a whole answer has come, by its length or its last chunk. */
function isComplete(text: string): boolean {
  const head = text.indexOf('\r\n\r\n');
  if (head === -1) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head));
  if (length !== null) return text.length >= head + 4 + Number(length[1]);
  return text.endsWith('0\r\n\r\n');
}
