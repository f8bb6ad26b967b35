import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Front, listen } from './front.ts';

let front: Front;
beforeAll(async () => {
  front = await listen(0, '--port-test', (_request, response) => response.end('answered'));
});
afterAll(() => front.close());

/** The first line of the answer to what is sent as it is. */
function statusLineOf(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(front.port, '127.0.0.1', () => socket.write(text));
    socket.once('data', (chunk: Buffer) => {
      socket.destroy();
      resolve(chunk.toString().split('\r\n')[0] ?? '');
    });
    socket.once('error', reject);
  });
}

test.each([
  ['GET / HTTP/1.1\r\nHost: a\r\n\r\n', '200 OK', 'a plain request'],
  ['GET / HTTP/1.0\r\n\r\n', '200 OK', 'HTTP/1.0 knows no Host'],
  ['GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n', '400 Bad Request', 'two hosts are none'],
  ['GET / HTTP/1.1\r\nx-name: host\r\nHost: b\r\n\r\n', '200 OK', 'a value is no name'],
  ['GET\r\n\r\n', '400 Bad Request', 'no HTTP'],
  [
    `GET / HTTP/1.1\r\nHost: a\r\nx-a: ${'x'.repeat(40_000)}\r\n\r\n`,
    '431 Request Header Fields Too Large',
    'headers have a limit',
  ],
])('to %j it answers %s: %s', async (text, status, _why) => {
  expect(await statusLineOf(text)).toBe(`HTTP/1.1 ${status}`);
});
