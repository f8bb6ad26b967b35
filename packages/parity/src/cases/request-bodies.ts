import type { CaseStep, RequestCase } from '../contract.ts';
import { base64, binary, utf8, wideText } from './bytes.ts';
import { probed } from './places.ts';
import { frameworkParsesFirst } from './sources.ts';

const boundary = 'probe-boundary-7f3a';
const multipart = concat([
  utf8(
    `--${boundary}\r\nContent-Disposition: form-data; name="note"\r\n\r\n${wideText}\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="p.png"\r\n` +
      'Content-Type: image/png\r\n\r\n',
  ),
  binary,
  utf8(`\r\n--${boundary}--\r\n`),
]);

/** A request's body reaches the function byte by byte. */
export const requestBodyCases: readonly RequestCase[] = [
  echoed('P40', 'a binary body, with and without a content type', 'honojs/hono#1235', [
    ['application/octet-stream', binary],
    ['image/png', binary],
    [null, binary],
  ]),
  {
    kind: 'requests',
    id: 'P41',
    title: 'a multipart upload keeps the bytes of its file',
    why: 'serverless-offline httpApi-headers.test.js; @azure/functions HttpRequest.test.ts',
    where: probed,
    steps: [
      {
        method: 'POST',
        target: '/form',
        headers: [['Content-Type', `multipart/form-data; boundary=${boundary}`]],
        body: multipart,
        expect: {
          status: 200,
          json: [
            ['note', wideText],
            ['file', { filename: 'p.png', type: 'image/png', body: base64(binary) }],
          ],
        },
      },
    ],
  },
  echoed(
    'P42',
    'a JSON body is not parsed and written again on the way (a signature over it holds)',
    'GoogleCloudPlatform/functions-framework-nodejs#263',
    [['application/json', utf8('{ "a" : 1.0 }')]],
  ),
  echoed('P47', 'a UTF-8 text body', 'text decoded with the wrong charset on the way', [
    ['text/plain; charset=utf-8', utf8(wideText)],
    ['text/plain', utf8(wideText)],
    ['application/json', utf8(JSON.stringify({ text: wideText }))],
  ]),
  echoed('P48', 'an empty POST is an empty body, not a missing one', 'body null, absent or ""', [
    [null, new Uint8Array(0)],
    ['text/plain', new Uint8Array(0)],
    ['application/json', new Uint8Array(0)],
  ]),
  {
    ...echoed(
      'T06',
      'a body that is not what its type says reaches the function all the same',
      'firebase/firebase-functions#190, #364, #428: the answer to malformed JSON is not the function’s',
      [
        ['application/json', utf8('{"a": ')],
        ['application/json', utf8('null')],
        ['application/json; charset=koi8-r', utf8('{}')],
        ['application/x-www-form-urlencoded', utf8('a=1&'.repeat(1001))],
      ],
    ),
    impossible: [frameworkParsesFirst],
  },
  {
    kind: 'requests',
    id: 'P50',
    title: 'a body can be cloned and read; reading it again is a TypeError',
    why: 'Azure/azure-functions-nodejs-library#406; h3js/srvx#166; honojs/node-server#223',
    where: probed,
    steps: [
      {
        method: 'POST',
        target: '/twice',
        headers: [['Content-Type', 'text/plain']],
        body: utf8(wideText),
        expect: { status: 200, json: { clone: wideText, first: wideText, again: 'TypeError' } },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'P51',
    title: 'a form keeps both values of a repeated field',
    why: 'honojs/hono runtime-tests',
    where: probed,
    steps: [
      {
        method: 'POST',
        target: '/form',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: utf8('a=1&a=2&b=%E2%82%AC+1'),
        expect: {
          status: 200,
          json: [
            ['a', '1'],
            ['a', '2'],
            ['b', '€ 1'],
          ],
        },
      },
    ],
  },
];

function echoed(
  id: string,
  title: string,
  why: string,
  bodies: readonly (readonly [type: string | null, body: Uint8Array])[],
): RequestCase {
  const steps = bodies.map(([type, body]): CaseStep => ({
    method: 'POST',
    target: '/echo',
    headers: type === null ? [] : [['Content-Type', type]],
    body,
    expect: { status: 200, fields: { body: base64(body) } },
  }));
  return { kind: 'requests', id, title, why, where: probed, steps };
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
