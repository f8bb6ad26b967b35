import type { RequestCase } from '../contract.ts';
import { base64, binary, utf8, wideText } from './bytes.ts';
import { probed } from './places.ts';

const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const svg = utf8('<svg xmlns="http://www.w3.org/2000/svg"><title>é</title></svg>');

/** An answer's body reaches the client byte by byte. */
export const responseBodyCases: readonly RequestCase[] = [
  bytes('P53', 'a PNG', 'every public suite has it', binary, 'image/png'),
  bytes(
    'P56',
    'application/octet-stream',
    'H4ad/serverless-adapter is-binary',
    binary,
    'application/octet-stream',
  ),
  {
    kind: 'requests',
    id: 'P57',
    title: 'a gzipped page comes back gzipped and gunzips',
    why: 'h3js/srvx#239; honojs/hono isContentEncodingBinary',
    where: probed,
    steps: [
      {
        method: 'GET',
        target: '/gzip',
        headers: [['Accept-Encoding', 'gzip']],
        expect: {
          status: 200,
          headers: { 'content-encoding': 'gzip', 'content-type': { matches: '^text/html' } },
          gunzipped: '<p>gzip é€😀</p>'.repeat(50),
        },
      },
    ],
  },
  bytes('P59', 'a spreadsheet, whose type has "xml" in it', 'honojs/hono#4468', binary, sheet),
  bytes('P60', 'an SVG with é', 'honojs/hono handler.test.ts', svg, 'image/svg+xml'),
  bytes(
    'P61',
    'binary under a type that only looks like text',
    'nitro and srvx match /utf-?8/',
    binary,
    'application/x-utf8blob',
  ),
  bytes('T04', 'binary under no type at all', 'binary is decided by the bytes', binary, null),
  {
    kind: 'requests',
    id: 'P74',
    title: 'a body streamed in chunks that split characters arrives complete',
    why: 'h3js/srvx and nitrojs/nitro /stream',
    where: probed,
    steps: [
      { method: 'GET', target: '/stream', expect: { status: 200, body: 'ab€😀z' } },
      { method: 'GET', target: '/stream?delayMs=10', expect: { status: 200, body: 'ab€😀z' } },
    ],
  },
  {
    kind: 'requests',
    id: 'P78',
    title: 'nobody adds ETag, X-Powered-By or any header of its own but the provider’s usual ones',
    why: 'Express adds ETag and X-Powered-By under serverless-express and serverless-http',
    where: probed,
    steps: [
      {
        method: 'GET',
        target: '/answer?header1=content-type:text/plain&header2=x-own:1&body=plain',
        expect: {
          status: 200,
          onlyHeaders: ['content-type', 'x-own'],
          headers: { 'x-own': '1', etag: null, 'x-powered-by': null },
          body: 'plain',
        },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'P79',
    title: 'the content length of a wide text is its bytes, not its characters',
    why: 'serverless-http spec.js',
    where: probed,
    steps: [
      {
        method: 'GET',
        target: `/answer?header1=content-type:text/plain;charset=utf-8&body=${encodeURIComponent(wideText)}`,
        expect: { status: 200, body: wideText },
      },
      {
        method: 'GET',
        target: `/answer?header1=content-type:text/plain;charset=utf-8&header2=content-length:${utf8(wideText).length}&body=${encodeURIComponent(wideText)}`,
        expect: { status: 200, body: wideText },
      },
    ],
  },
];

function bytes(
  id: string,
  what: string,
  why: string,
  body: Uint8Array,
  type: string | null,
): RequestCase {
  const query = new URLSearchParams({ base64: base64(body), ...(type !== null && { type }) });
  return {
    kind: 'requests',
    id,
    title: `bytes of the answer survive: ${what}`,
    why,
    where: probed,
    steps: [
      {
        method: 'GET',
        target: `/bytes?${query.toString()}`,
        expect: {
          status: 200,
          body,
          ...(type !== null && { headers: { 'content-type': type } }),
        },
      },
    ],
  };
}
