import { http, type HttpFunction } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { close, listen, rawRequest } from '../raw-http.fixture.ts';
import { leaveBodiesUnread, toCloudFunction } from './index.ts';

const echo: HttpFunction = toCloudFunction(async (request) =>
  Response.json({
    type: request.headers.get('content-type'),
    encoding: request.headers.get('content-encoding'),
    body: Buffer.from(await request.arrayBuffer()).toString('latin1'),
  }),
);

http('unread', echo);
const server = getTestServer('unread');
let port = 0;
let readAgain = () => {};
beforeAll(async () => {
  readAgain = leaveBodiesUnread();
  port = await listen(server);
});
afterAll(() => close(server));

const post = (body: Buffer, ...fields: readonly string[]) =>
  rawRequest(
    port,
    ['POST / HTTP/1.1', 'Host: a.b', `Content-Length: ${body.length}`, ...fields].join('\r\n'),
    body,
  );

const zipped = gzipSync('{}');
test.each([
  { body: '{"a":', type: 'application/json', why: 'JSON that ends too early' },
  { body: 'null', type: 'application/json', why: 'JSON that a strict parser refuses' },
  { body: '{}', type: 'application/json; charset=koi8-r', why: 'a charset that is not Unicode' },
  { body: '{', type: 'application/cloudevents+json', why: 'half an event' },
  {
    body: Array.from({ length: 1001 }, (_, index) => `f${index}=1`).join('&'),
    type: 'application/x-www-form-urlencoded',
    why: 'a form of more than 1,000 fields',
  },
  { body: 'é€\u0000', type: 'text/plain', why: 'text' },
])('$why reaches the function, which says itself what it thinks of it', async ({ body, type }) => {
  const bytes = Buffer.from(body);
  const { status, body: answer } = await post(bytes, `Content-Type: ${type}`);
  expect({ status, told: JSON.parse(answer.toString()) }).toEqual({
    status: 200,
    told: { type, encoding: null, body: bytes.toString('latin1') },
  });
});

test('a compressed body reaches the function as it was sent, as it does elsewhere', async () => {
  const fields = ['Content-Type: application/json', 'Content-Encoding: gzip'];
  expect(JSON.parse((await post(zipped, ...fields)).body.toString())).toEqual({
    type: 'application/json',
    encoding: 'gzip',
    body: zipped.toString('latin1'),
  });
});

test('the framework reads bodies again when it is asked to', async () => {
  readAgain();
  expect((await post(Buffer.from('{"a":'), 'Content-Type: application/json')).status).toBe(400);
});
