import { describe, expect, test } from 'vitest';
import { runCases, type RunOptions } from './run-cases.ts';
import type { Answer, CaseResult, Expectation, ParityCase, RequestCase, Step } from './contract.ts';

const ok = (text = '{"n":1}', headers: Answer['headers'] = []): Answer => ({
  status: 200,
  headers,
  body: new TextEncoder().encode(text),
});

const one = (wanted: Expectation, more: Partial<RequestCase> = {}): RequestCase => ({
  kind: 'requests',
  id: 'X1',
  title: 'a made case',
  why: 'the test',
  where: ['memory', 'local'],
  steps: [{ method: 'GET', target: '/x', expect: wanted }],
  ...more,
});

const run = (parityCase: ParityCase, options: Partial<RunOptions> = {}) =>
  runCases({
    provider: 'aws',
    place: 'memory',
    send: async () => ok(),
    cases: [parityCase],
    ...options,
  });

const listed = (shapes?: readonly string[]) =>
  one(
    { status: 418 },
    {
      impossible: [
        {
          provider: 'aws',
          places: ['memory'],
          spoils: ['status'],
          why: 'AWS cannot',
          source: 'https://example.com',
          ...(shapes && { shapes }),
        },
      ],
    },
  );

describe('a result', () => {
  test('of a case that holds says no more than that', async () => {
    expect(await run(one({ status: 200, json: { n: 1 } }))).toEqual([
      { id: 'X1', title: 'a made case', status: 'passed' },
    ]);
  });

  test('of a case that does not hold names the step, what was expected and what came', async () => {
    const [result] = await run(
      one({ status: 201, fields: { n: 2 }, headers: { allow: 'GET', vary: null } }),
      {
        send: async () => ok('{"n":1}', [['Vary', 'a']]),
      },
    );
    expect(result).toMatchObject({
      status: 'failed',
      mismatches: [
        { step: '1 GET /x', what: 'status', expected: '201', got: '200 with "{\\"n\\":1}"' },
        { step: '1 GET /x', what: 'header allow', expected: '"GET"', got: '[]' },
        { step: '1 GET /x', what: 'header vary', expected: 'none', got: '["a"]' },
        { step: '1 GET /x', what: 'n', expected: '2', got: '1' },
      ],
    });
    expect(result?.detail).toContain('step 1 GET /x: n: expected 2, got 1');
  });

  test.each([
    [
      'a rejection',
      async () => Promise.reject(new Error('connect ECONNREFUSED')),
      'connect ECONNREFUSED',
    ],
    [
      'a throw',
      () => {
        throw new Error('bad driver');
      },
      'bad driver',
    ],
    ['silence', () => new Promise<Answer>(() => undefined), 'no answer within 20 ms'],
  ])('of %s is a failure that says why', async (_name, send, why) => {
    const [result] = await run(one({ status: 200 }), { send, timeoutMs: 20 });
    expect(result).toMatchObject({ status: 'failed', mismatches: [{ what: 'answer', got: why }] });
  });

  test('of a thousand failures tells the first five', async () => {
    const steps = Array.from({ length: 1000 }, () => ({
      method: 'GET',
      target: '/x',
      expect: { status: 500 },
    }));
    const [result] = await run(one({}, { steps, together: true }));
    expect(result?.detail?.split('\n')).toHaveLength(6);
    expect(result?.detail).toMatch(/and 995 more$/);
    expect(result?.mismatches).toHaveLength(1000);
  });

  test('is told as soon as it is known', async () => {
    const told: CaseResult[] = [];
    const results = await run(one({ status: 200 }), { onResult: (result) => told.push(result) });
    expect(told).toEqual(results);
  });
});

describe('a case that is listed as impossible', () => {
  test('is tried, and says why it fails and where that is written', async () => {
    const [result] = await run(listed());
    expect(result).toMatchObject({
      status: 'impossible',
      why: 'AWS cannot',
      source: 'https://example.com',
    });
    expect(result?.detail).toContain('expected 418, got 200');
  });

  test('fails when something else is wrong as well', async () => {
    const [step] = listed().steps;
    const steps = step ? [{ ...step, expect: { status: 418, body: 'tea' } }] : [];
    const [result] = await run({ ...listed(), steps });
    expect(result?.status).toBe('failed');
  });

  test('passes when it can be done after all', async () => {
    const [result] = await run(listed(), { send: async () => ({ ...ok(), status: 418 }) });
    expect(result?.status).toBe('passed');
  });

  test.each([
    ['another provider', { provider: 'google' }, undefined],
    ['another place', { place: 'local' }, undefined],
    ['another front door', { shape: 'rest' }, ['alb']],
    ['an unnamed front door', {}, ['alb']],
  ] as const)('fails on %s', async (_name, options, shapes) => {
    const [result] = await run(listed(shapes), options);
    expect(result?.status).toBe('failed');
  });
});

describe('a step', () => {
  test('for one provider is asked of that one only', async () => {
    const steps = [
      { method: 'GET', target: '/google', only: ['google'] as const, expect: {} },
      { method: 'GET', target: '/all', expect: {} },
    ];
    const asked: string[] = [];
    const send = async (step: Step) => {
      asked.push(step.target);
      return ok();
    };
    await run(one({}, { steps }), { send });
    await run(one({}, { steps: steps.slice(0, 1) }), { send });
    expect(asked).toEqual(['/all']);
  });

  test('that a provider answers in its own way is held to that way', async () => {
    const difference = { expect: { status: 200 }, why: 'its own', source: 'https://example.com' };
    const steps = [
      { method: 'GET', target: '/x', expect: { status: 500 }, differences: { aws: difference } },
    ];
    expect((await run(one({}, { steps })))[0]).toMatchObject({
      status: 'passed',
      differences: [{ why: 'its own', source: 'https://example.com' }],
    });
    expect((await run(one({}, { steps }), { provider: 'google' }))[0]?.status).toBe('failed');
  });

  test('of a number of bytes sends that many', async () => {
    const sizes: (number | undefined)[] = [];
    const steps = [{ method: 'POST', target: '/x', body: 1000, expect: {} }];
    await run(one({}, { steps }), {
      send: async ({ body }) => {
        sizes.push(body?.byteLength);
        return ok();
      },
    });
    expect(sizes).toEqual([1000]);
  });
});

describe('cases that a place cannot tell', () => {
  test('are left out', async () => {
    expect(await run(one({}), { place: 'deployed' })).toEqual([]);
  });

  test('told by events are left out where no event can be given', async () => {
    const events: ParityCase = {
      kind: 'events',
      id: 'E1',
      title: 'an event',
      why: 'the test',
      where: ['memory'],
      provider: 'aws',
      events: [{ name: 'plain', event: { httpMethod: 'GET' }, expect: { status: 200 } }],
    };
    expect(await run(events)).toEqual([]);
    expect(await run(events, { provider: 'azure', invoke: async () => ok() })).toEqual([]);
    expect((await run(events, { invoke: async () => ok() }))[0]?.status).toBe('passed');
    const [failed] = await run(events, { invoke: async () => ({ ...ok(), status: 500 }) });
    expect(failed?.mismatches?.[0]).toMatchObject({ step: '1 plain', what: 'status' });
  });
});

test('what every provider must answer alike has a fingerprint of the document, not of its spelling', async () => {
  const parityCase = one({ sameOnEveryProvider: true });
  const print = async (text: string) =>
    (await run(parityCase, { send: async () => ok(text) }))[0]?.fingerprint;
  expect(await print('{"a":1}')).toBe(await print('{ "a": 1 }'));
  expect(await print('{"a":1}')).not.toBe(await print('{"a":2}'));
});
