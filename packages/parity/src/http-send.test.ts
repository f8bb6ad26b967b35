import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createSocketServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { httpSend, type HttpSend } from './http-send.ts';

const open: { readonly server: Server; readonly send: HttpSend }[] = [];

afterEach(async () => {
  for (const { server, send } of open.splice(0)) {
    send.close();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }
});

async function serve(server: Server, path = '', options = {}): Promise<HttpSend> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const send = httpSend(`http://127.0.0.1:${address.port}${path}`, options);
  open.push({ server, send });
  return send;
}

const serveHttp = (listener: RequestListener, path?: string) => serve(createServer(listener), path);

const raw = (answer: (socket: Socket) => void, options = {}) =>
  serve(
    createSocketServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => answer(socket));
    }),
    '',
    options,
  );

const seen = (request: IncomingMessage, response: ServerResponse) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    response.end(
      JSON.stringify({
        method: request.method,
        url: request.url,
        lines: request.rawHeaders,
        body: Buffer.concat(chunks).toString('hex'),
      }),
    );
  });
};

const read = (body: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(body));

describe('what goes out', () => {
  test.each([
    ['/foo/../bar/baz', 'dot segments'],
    ['//evil.example/x', 'two slashes'],
    ['/a%2Fb?x=a+b&x=%2B&&flag', 'escapes'],
    ['/%E0%A4%A?x=%', 'malformed escapes'],
  ])('the target %s stays as it is (%s)', async (target) => {
    const send = await serveHttp(seen);
    const { body } = await send({ method: 'GET', target, headers: [] });
    expect(read(body)).toMatchObject({ method: 'GET', url: target });
  });

  test('header lines keep their order, their case and their duplicates', async () => {
    const send = await serveHttp(seen);
    const answer = await send({
      method: 'POST',
      target: '/',
      headers: [
        ['Host', 'shop.example'],
        ['x-M', '1'],
        ['Accept', '*/*'],
        ['X-m', '2'],
        ['Connection', 'close'],
      ],
      body: Uint8Array.of(0, 255, 10),
    });
    expect(read(answer.body)).toEqual({
      method: 'POST',
      url: '/',
      lines: [
        'Host',
        'shop.example',
        'x-M',
        '1',
        'Accept',
        '*/*',
        'X-m',
        '2',
        'Connection',
        'close',
        'Content-Length',
        '3',
      ],
      body: '00ff0a',
    });
  });

  test('a base URL’s path comes before the target', async () => {
    const send = await serveHttp(seen, '/prod/');
    expect(read((await send({ method: 'GET', target: '/x', headers: [] })).body)).toMatchObject({
      url: '/prod/x',
    });
  });
});

describe('what comes back', () => {
  test('every header line comes back, nothing is decompressed and no redirect is followed', async () => {
    const send = await serveHttp((_request, response) => {
      response.sendDate = false;
      response.writeHead(302, [
        'Location',
        '/next',
        'Set-Cookie',
        'a=1',
        'Set-Cookie',
        'b=2',
        'Content-Encoding',
        'gzip',
        'Content-Length',
        '4',
      ]);
      response.end(Buffer.from([0x1f, 0x8b, 0, 255]));
    });
    expect(await send({ method: 'GET', target: '/', headers: [] })).toEqual({
      status: 302,
      headers: [
        ['Location', '/next'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['Content-Encoding', 'gzip'],
        ['Content-Length', '4'],
        ['Connection', 'close'],
      ],
      body: Uint8Array.of(0x1f, 0x8b, 0, 255),
    });
  });

  test('an answer that comes before the body was taken is still an answer', async () => {
    const send = await serveHttp((request, response) => {
      response.writeHead(413, { 'content-length': '0' });
      response.end();
      request.resume();
    });
    const answer = await send({
      method: 'POST',
      target: '/',
      headers: [],
      body: new Uint8Array(30_000_000),
    });
    expect(answer.status).toBe(413);
  });
});

describe('when nothing whole comes back', () => {
  test('a refused connection rejects and says so', async () => {
    const send = httpSend('http://127.0.0.1:1');
    await expect(send({ method: 'GET', target: '/', headers: [] })).rejects.toThrow(
      /GET http:\/\/127\.0\.0\.1:1 .*ECONNREFUSED/,
    );
    send.close();
  });

  test.each([
    ['nothing at all', '', /socket hang up|ECONNRESET/],
    ['no HTTP', 'SSH-2.0-probe\r\n', /Parse Error/],
    [
      'less than it promised',
      'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc',
      /broke off after 3 bytes/,
    ],
  ])('a server that says %s rejects', async (_name, text, message) => {
    const send = await raw((socket) => socket.end(text));
    await expect(send({ method: 'GET', target: '/', headers: [] })).rejects.toThrow(message);
  });

  test('a server that never answers rejects after the time-out', async () => {
    const sockets: Socket[] = [];
    const send = await raw((socket) => sockets.push(socket), { timeoutMs: 50 });
    await expect(send({ method: 'GET', target: '/', headers: [] })).rejects.toThrow(
      'no answer within 50 ms',
    );
  });
});
