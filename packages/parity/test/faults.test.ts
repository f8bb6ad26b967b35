import { describe, expect, test } from 'vitest';
import {
  cases,
  runCases,
  type Answer,
  type HeaderLine,
  type Send,
  type Step,
} from '../src/index.ts';
import { handler } from '../src/probe.ts';
import { directSend } from './direct.ts';

const right = directSend(handler);
const textTypes = /text|json|xml|javascript|utf-?8/;

/** One fault put between the cases and a runtime that is right, and the cases that must find it. */
interface Fault {
  readonly fault: string;
  readonly found: readonly string[];
  readonly send: Send;
}

const faults: readonly Fault[] = [
  {
    fault: 'no fault at all',
    found: [],
    send: right,
  },
  {
    fault: 'cookies joined and split again on a comma',
    found: ['P62', 'P63'],
    send: after((answer) =>
      headers(answer, (lines) => {
        const cookies = lines
          .filter(isCookie)
          .map(([, value]) => value)
          .join(', ')
          .split(', ');
        const rest = lines.filter((line) => !isCookie(line));
        return [
          ...rest,
          ...cookies.filter(Boolean).map((value): HeaderLine => ['set-cookie', value]),
        ];
      }),
    ),
  },
  {
    fault: 'only the last cookie is left',
    found: ['P62', 'P63', 'T05'],
    send: after((answer) => headers(answer, (lines) => [...new Map(lines)])),
  },
  {
    fault: 'cookies in the wrong order',
    found: ['P62', 'P63', 'T05'],
    send: after((answer) => headers(answer, (lines) => lines.toReversed())),
  },
  {
    fault: 'each cookie twice',
    found: ['P62', 'P63', 'P64', 'T05'],
    send: after((answer) =>
      headers(answer, (lines) => lines.flatMap((line) => (isCookie(line) ? [line, line] : [line]))),
    ),
  },
  {
    fault: 'a cookie cut at its second =',
    found: ['P62', 'P63', 'P64', 'T05'],
    send: after((answer) =>
      headers(answer, (lines) =>
        lines.map((line) =>
          isCookie(line) ? [line[0], line[1].split('=').slice(0, 2).join('=')] : line,
        ),
      ),
    ),
  },
  {
    fault: 'binary guessed from the content type',
    found: ['P57', 'P59', 'P61'],
    send: after((answer) =>
      textTypes.test(header(answer, 'content-type')) ? asText(answer) : answer,
    ),
  },
  {
    fault: 'every body taken for text',
    found: ['P53', 'P56', 'P57', 'P59', 'P61', 'T04'],
    send: after(asText),
  },
  {
    fault: 'every body in Latin-1',
    found: [
      'P06',
      'P41',
      'P50',
      'P51',
      'P53',
      'P56',
      'P57',
      'P59',
      'P60',
      'P61',
      'P74',
      'P79',
      'T04',
    ],
    send: after((answer) => ({
      ...answer,
      body: Buffer.from(new TextDecoder().decode(answer.body), 'latin1'),
    })),
  },
  {
    fault: 'the last value of a query key wins',
    found: ['P01', 'P09'],
    send: before((step) =>
      search(step, (query) => new URLSearchParams(Object.fromEntries(query)).toString()),
    ),
  },
  {
    fault: 'empty query values dropped',
    found: ['P07', 'P08'],
    send: before((step) =>
      search(step, (query) =>
        new URLSearchParams([...query].filter(([, value]) => value)).toString(),
      ),
    ),
  },
  {
    fault: 'the query decoded and pasted as it is',
    found: ['P03', 'P04', 'P60'],
    send: before((step) =>
      search(step, (query) => [...query].map((pair) => pair.join('=')).join('&')),
    ),
  },
  {
    fault: 'a plus sign left as a plus sign',
    found: ['P02'],
    send: before((step) => search(step, (_query, text) => text.replaceAll('+', '%2B'))),
  },
  {
    fault: 'the query encoded again',
    found: ['P02', 'P03', 'P04', 'P05', 'P06', 'P09'],
    send: before((step) =>
      step.target.startsWith('/echo')
        ? search(step, (_query, text) => text.replaceAll('%', '%25'))
        : step,
    ),
  },
  {
    fault: 'the path encoded again',
    found: ['P13', 'P17'],
    send: before((step) => path(step, encodeURI)),
  },
  {
    fault: 'the path decoded twice',
    found: ['P17'],
    send: before((step) => path(step, decodeURIComponent)),
  },
  {
    fault: 'a trailing slash stripped',
    found: ['P18'],
    send: before((step) => path(step, (text) => text.replace(/(?<=.)\/$/, ''))),
  },
  {
    fault: 'a stage left in the path',
    found: ['P20'],
    send: before((step) => path(step, (text) => text.replace('/foo/', '/prod/foo/'))),
  },
  {
    fault: 'the platform’s own 404',
    found: ['P23', 'T01'],
    send: after((answer) =>
      answer.status === 404 ? { status: 404, headers: [], body: new Uint8Array() } : answer,
    ),
  },
  {
    fault: 'CORS headers that nobody asked for',
    found: ['P25', 'P78'],
    send: after((answer) =>
      headers(answer, (lines) => [...lines, ['Access-Control-Allow-Origin', '*']]),
    ),
  },
  {
    fault: 'OPTIONS answered by the platform',
    found: ['P25'],
    send: async (step) =>
      step.method === 'OPTIONS'
        ? { status: 204, headers: [], body: new Uint8Array() }
        : right(step),
  },
  {
    fault: 'methods that the platform does not route',
    found: ['P26'],
    send: async (step) =>
      /PUT|PATCH|DELETE/.test(step.method)
        ? { status: 404, headers: [], body: new Uint8Array() }
        : right(step),
  },
  {
    fault: 'the body of DELETE dropped',
    found: ['P26'],
    send: before((step) => (step.method === 'DELETE' ? { ...step, body: new Uint8Array() } : step)),
  },
  {
    fault: 'a wrong method is a 404',
    found: ['P29'],
    send: after((answer) => (answer.status === 405 ? { ...answer, status: 404 } : answer)),
  },
  {
    fault: '405 without Allow',
    found: ['P29'],
    send: after((answer) => headers(answer, (lines) => lines.filter(([name]) => name !== 'allow'))),
  },
  {
    fault: 'the last line of a repeated header wins',
    found: ['P30'],
    send: before((step) => ({ ...step, headers: [...new Map(step.headers)] })),
  },
  {
    fault: 'headers looked up in one case only',
    found: ['P31'],
    send: before((step) => ({
      ...step,
      headers: step.headers.filter(([name]) => name !== 'Content-TYPE'),
    })),
  },
  {
    fault: 'X-Forwarded-Host trusted',
    found: ['P37'],
    send: directSend((request, invocation) => {
      const host = request.headers.get('x-forwarded-host') ?? new URL(request.url).host;
      return handler(new Request(request.url.replace('probe.example', host), request), invocation);
    }),
  },
  {
    fault: 'X-Forwarded-Proto trusted',
    found: ['P37'],
    send: directSend((request, invocation) => {
      const scheme = request.headers.get('x-forwarded-proto') ?? 'http';
      return handler(new Request(request.url.replace(/^http/, scheme), request), invocation);
    }),
  },
  {
    fault: 'the cookie header doubled',
    found: ['P39'],
    send: before((step) => ({
      ...step,
      headers: step.headers.map(([name, value]) => [
        name,
        name === 'Cookie' ? `${value}; ${value}` : value,
      ]),
    })),
  },
  {
    fault: 'a body decoded as UTF-8 on its way in',
    found: ['P40', 'P41'],
    send: before((step) =>
      step.body ? { ...step, body: Buffer.from(new TextDecoder().decode(step.body)) } : step,
    ),
  },
  {
    fault: 'a JSON body parsed and written again',
    found: ['P42', 'T06'],
    send: before((step) =>
      step.body?.length && step.headers.some(([, value]) => value === 'application/json')
        ? {
            ...step,
            body: Buffer.from(JSON.stringify(JSON.parse(new TextDecoder().decode(step.body)))),
          }
        : step,
    ),
  },
  {
    fault: 'a body in Latin-1 on its way in',
    found: ['P47', 'P50'],
    send: before((step) =>
      step.body && isUtf8(step.body)
        ? { ...step, body: Buffer.from(new TextDecoder().decode(step.body), 'latin1') }
        : step,
    ),
  },
  {
    fault: 'a null body for an empty one, sent as text',
    found: ['P48'],
    send: before((step) =>
      step.body?.length === 0 ? { ...step, body: Buffer.from('null') } : step,
    ),
  },
  {
    fault: 'a form whose repeated field keeps its last value',
    found: ['P51', 'T06'],
    send: before((step) =>
      step.headers.some(([, value]) => value.endsWith('form-urlencoded'))
        ? {
            ...step,
            body: Buffer.from(
              new URLSearchParams(
                Object.fromEntries(new URLSearchParams(new TextDecoder().decode(step.body))),
              ).toString(),
            ),
          }
        : step,
    ),
  },
  {
    fault: 'a body that was read before the handler got it',
    found: ['P26', 'P31', 'P40', 'P41', 'P42', 'P47', 'P48', 'P50', 'P51', 'P82', 'T06'],
    send: directSend(async (request, invocation) => {
      if (request.method !== 'GET') await request.text();
      return handler(request, invocation);
    }),
  },
  {
    fault: 'a gzipped body inflated under its old headers',
    found: ['P57'],
    send: after((answer) =>
      header(answer, 'content-encoding') === 'gzip'
        ? { ...answer, body: Buffer.from('<p>gzip é€😀</p>'.repeat(50)) }
        : answer,
    ),
  },
  {
    fault: 'only the first chunk of a stream sent',
    found: ['P74'],
    send: async (step) => {
      const answer = await right(step);
      return step.target.startsWith('/stream')
        ? { ...answer, body: answer.body.slice(0, 3) }
        : answer;
    },
  },
  {
    fault: 'chunks decoded one by one',
    found: ['P74'],
    send: async (step) => {
      const answer = await right(step);
      if (!step.target.startsWith('/stream')) return answer;
      const parts = [answer.body.slice(0, 3), answer.body.slice(3)].map((part) =>
        new TextDecoder().decode(part),
      );
      return { ...answer, body: Buffer.from(parts.join('')) };
    },
  },
  {
    fault: '204 and 304 with a body',
    found: ['P69'],
    send: after((answer) =>
      answer.status === 204 || answer.status === 304
        ? { ...answer, body: Buffer.from('null') }
        : answer,
    ),
  },
  {
    fault: '204 and 304 without their headers',
    found: ['P69'],
    send: after((answer) => (answer.status === 304 ? { ...answer, headers: [] } : answer)),
  },
  {
    fault: 'Location made absolute',
    found: ['P70'],
    send: after((answer) =>
      headers(answer, (lines) =>
        lines.map(([name, value]) => [
          name,
          name === 'location' ? `http://probe.example${value}` : value,
        ]),
      ),
    ),
  },
  {
    fault: 'merged headers sent as two lines',
    found: ['P71'],
    send: after((answer) =>
      headers(answer, (lines) =>
        lines.flatMap(([name, value]) =>
          name === 'vary'
            ? value.split(', ').map((part): HeaderLine => [name, part])
            : [[name, value] satisfies HeaderLine],
        ),
      ),
    ),
  },
  {
    fault: 'empty headers dropped',
    found: ['P72'],
    send: after((answer) => headers(answer, (lines) => lines.filter(([, value]) => value !== ''))),
  },
  {
    fault: 'odd statuses made 500',
    found: ['P73'],
    send: after((answer) => (answer.status === 418 ? { ...answer, status: 500 } : answer)),
  },
  {
    fault: 'a throw that escapes',
    found: ['P75', 'P76'],
    send: after((answer) => {
      if (answer.status === 500) throw new Error('socket hang up');
      return answer;
    }),
  },
  {
    fault: 'an error page with the stack',
    found: ['P75', 'P76'],
    send: after((answer) =>
      answer.status === 500
        ? { ...answer, body: Buffer.from('{"stack":"Error: s3cr3t at probe.ts:1"}') }
        : answer,
    ),
  },
  {
    fault: 'an empty 500',
    found: ['P75', 'P76'],
    send: after((answer) =>
      answer.status === 500 ? { status: 500, headers: [], body: new Uint8Array() } : answer,
    ),
  },
  {
    fault: 'undefined taken for 204',
    found: ['P76'],
    send: async (step) =>
      step.target === '/undefined'
        ? { status: 204, headers: [], body: new Uint8Array() }
        : right(step),
  },
  {
    fault: 'Express’s ETag and X-Powered-By',
    found: ['P78'],
    send: after((answer) =>
      headers(answer, (lines) => [...lines, ['ETag', 'W/"5"'], ['X-Powered-By', 'Express']]),
    ),
  },
  {
    fault: 'a content length in characters',
    found: ['P06', 'P41', 'P50', 'P51', 'P60', 'P74', 'P79'],
    send: after((answer) =>
      isUtf8(answer.body)
        ? headers(answer, (lines) => [
            ...lines.filter(([name]) => name !== 'content-length'),
            ['content-length', String(new TextDecoder().decode(answer.body).length)],
          ])
        : answer,
    ),
  },
  {
    fault: 'a fresh module for every request',
    found: ['P81'],
    send: async (step) =>
      step.target === '/counter'
        ? { ...(await right(step)), body: Buffer.from('{"calls":1}') }
        : right(step),
  },
  {
    fault: 'one request that sees another',
    found: ['P82'],
    send: (() => {
      let last: Step | undefined;
      return (step: Step) => {
        const mixed = last && step.target.includes('token=t7&') ? last : step;
        last = step;
        return right(
          step.target.endsWith('token=t700')
            ? { ...step, body: Buffer.from('body of t699') }
            : mixed,
        );
      };
    })(),
  },
  {
    fault: 'one answer of a thousand that never comes',
    found: ['P82'],
    send: (step) =>
      step.target.endsWith('token=t512') ? Promise.reject(new Error('ECONNRESET')) : right(step),
  },
  {
    fault: 'HEAD answered as a 404',
    found: ['T02'],
    send: async (step) =>
      step.method === 'HEAD' ? { status: 404, headers: [], body: new Uint8Array() } : right(step),
  },
  {
    fault: 'an invocation of another provider',
    found: ['T03'],
    send: directSend((request, invocation) => handler(request, { ...invocation, provider: 'aws' })),
  },
  {
    fault: 'a path that starts with // taken for a host',
    found: ['T01'],
    send: before((step) => path(step, (text) => new URL(text, 'http://probe.example').pathname)),
  },
];

describe('a runtime with one fault', () => {
  test.each(faults)('$fault: found by $found and by nothing else', async ({ send, found }) => {
    // A thousand requests for every fault would take long and could only find what stands in `found`.
    const few = cases.filter(({ id }) => id !== 'P82' || found.length === 0 || found.includes(id));
    const results = await runCases({ provider: 'node', place: 'memory', send, cases: few });
    const failed = results.filter(({ status }) => status !== 'passed').map(({ id }) => id);
    expect(failed.sort()).toEqual([...found].sort());
  });
});

test('every case told by requests in memory is found missing by some fault', () => {
  const told = cases.filter((one) => one.kind === 'requests' && one.where.includes('memory'));
  const found = new Set(faults.flatMap((fault) => fault.found));
  expect(told.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
});

function before(change: (step: Step) => Step): Send {
  return (step) => right(change(step));
}

function after(change: (answer: Answer) => Answer): Send {
  return async (step) => change(await right(step));
}

function headers(
  answer: Answer,
  change: (lines: readonly HeaderLine[]) => readonly HeaderLine[],
): Answer {
  return { ...answer, headers: change(answer.headers) };
}

function header(answer: Answer, name: string): string {
  return answer.headers.find(([line]) => line === name)?.[1] ?? '';
}

function isCookie([name]: HeaderLine): boolean {
  return name === 'set-cookie';
}

function asText(answer: Answer): Answer {
  return {
    ...answer,
    body: Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(answer.body)),
  };
}

function isUtf8(bytes: Uint8Array): boolean {
  return Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).equals(bytes);
}

function path(step: Step, change: (path: string) => string): Step {
  const [text = '', ...query] = step.target.split('?');
  return { ...step, target: [change(text), ...query].join('?') };
}

function search(step: Step, change: (query: URLSearchParams, text: string) => string): Step {
  const [text = '', query] = step.target.split('?');
  return query === undefined
    ? step
    : { ...step, target: `${text}?${change(new URLSearchParams(query), query)}` };
}
