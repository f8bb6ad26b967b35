import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, HeaderLine, Step } from '../src/index.ts';
import { handler } from '../src/probe.ts';
import { directSend } from './direct.ts';
import { memoryRuntimes, type OpenRuntime } from './runtimes.ts';

const right = directSend(handler);
const runs = { numRuns: 60 };

/** One of the characters of a text, each whole. */
const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters));

const text = fc.string({
  unit: oneOf('aZ09 .~!*()\'&=+%#?/\\"<>[]{}|^`@:;,$é€😀'),
  maxLength: 8,
});
const encoded = text.map(encodeURIComponent);
const query = fc
  .array(fc.tuple(encoded, fc.option(encoded, { nil: null })), { maxLength: 5 })
  .map((pairs) =>
    pairs.map(([key, value]) => (value === null ? key : `${key}=${value}`)).join('&'),
  );
// Without %, / and \\: an HTTP API decodes them into something else.
const segment = fc.string({
  unit: oneOf('aZ09 ~!*()\'&=+#?"<>|^`@:;,$é€😀'),
  minLength: 1,
  maxLength: 8,
});
const path = fc
  .array(segment.map(encodeURIComponent), { maxLength: 3 })
  .map((segments) => ['/echo', ...segments].join('/'));
const bytes = fc.uint8Array({ maxLength: 300 });
const value = fc
  .string({ unit: oneOf('aZ09 !"#$%&\'()*+-./:;<=>?@[]^_`{|}~'), maxLength: 20 })
  .map((line) => line.trim());
const type = fc.constantFrom(
  'application/octet-stream',
  'image/png',
  'application/x-utf8blob',
  'multipart/mixed; boundary=b',
);

describe.each(memoryRuntimes)('$name answers any request as a plain server does', (runtime) => {
  // An HTTP API decodes the path: which characters were escaped is lost there.
  const isDecoded = runtime.shape?.startsWith('http-api') ?? false;
  let open: OpenRuntime;
  beforeAll(async () => {
    open = await runtime.open(handler);
  });
  afterAll(() => open.close());

  test('path, headers and body arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE'),
        path,
        value,
        type,
        bytes,
        async (method, target, line, contentType, body) => {
          const step: Step = {
            method,
            target,
            headers: [
              ['Content-Type', contentType],
              ['X-Fuzz', line],
            ],
            body,
          };
          const same = isDecoded ? decodeURIComponent : String;
          expect(echoed(await open.send(step), same)).toEqual(echoed(await right(step), same));
        },
      ),
      runs,
    );
  });

  test('the query arrives', async () => {
    await fc.assert(
      fc.asyncProperty(query, async (search) => {
        // A single-value ALB drops repeated keys: that it does is P01.
        fc.pre(runtime.shape !== 'alb' || !hasRepeatedKey(search));
        const step: Step = { method: 'GET', target: `/echo?${search}`, headers: [] };
        expect(queryOf(await open.send(step))).toEqual(queryOf(await right(step)));
      }),
      runs,
    );
  });

  test('status, headers and bytes come back', async () => {
    const status = fc.constantFrom(200, 201, 203, 404, 409, 418, 500, 503);
    await fc.assert(
      fc.asyncProperty(status, value, value, text, async (code, one, other, body) => {
        const search = new URLSearchParams({
          status: String(code),
          header1: 'content-type:text/x-fuzz; charset=utf-8',
          header2: `x-one:${one}`,
          header3: `x-other:${other}`,
          body,
        });
        const step: Step = { method: 'GET', target: `/answer?${search.toString()}`, headers: [] };
        expect(chosen(await open.send(step))).toEqual(chosen(await right(step)));
      }),
      runs,
    );
    await fc.assert(
      fc.asyncProperty(bytes, type, async (body, contentType) => {
        const base64 = Buffer.from(body).toString('base64');
        const search = new URLSearchParams({ base64, type: contentType });
        const answer = await open.send({
          method: 'GET',
          target: `/bytes?${search.toString()}`,
          headers: [],
        });
        expect([answer.status, Buffer.from(answer.body).toString('base64')]).toEqual([200, base64]);
      }),
      runs,
    );
  });
});

function hasRepeatedKey(search: string): boolean {
  const keys = search.split('&').map((pair) => pair.split('=')[0]);
  return new Set(keys).size < keys.length;
}

function json(answer: Answer): { readonly [name: string]: unknown } {
  return JSON.parse(new TextDecoder().decode(answer.body));
}

function echoed(answer: Answer, same: (path: string) => string): unknown {
  const { method, path: seen, body, headers } = json(answer);
  const lines = new Map(Object.entries(headers ?? {}));
  return {
    status: answer.status,
    method,
    seen: same(String(seen)),
    body,
    type: lines.get('content-type'),
    fuzz: lines.get('x-fuzz'),
  };
}

/** The values of each key in their order; payload 1.0 and ALB lose the order among keys. */
function queryOf(answer: Answer): unknown {
  const values = new Map<string, string[]>();
  for (const [key, one] of new URLSearchParams(pairsOf(answer))) {
    values.set(key, [...(values.get(key) ?? []), one]);
  }
  return [answer.status, Object.fromEntries(values)];
}

function pairsOf(answer: Answer): [string, string][] {
  const { query: pairs } = json(answer);
  if (!Array.isArray(pairs)) return [];
  return pairs.map(([key, one]: unknown[]) => [String(key), String(one)]);
}

function chosen(answer: Answer): unknown {
  const own = answer.headers
    .map(([name, line]): HeaderLine => [name.toLowerCase(), line])
    .filter(([name]) => /^(content-type|x-one|x-other)$/.test(name))
    .sort(([one], [other]) => one.localeCompare(other));
  return [answer.status, own, new TextDecoder().decode(answer.body)];
}
