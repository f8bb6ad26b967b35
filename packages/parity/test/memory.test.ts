import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handler } from '../src/probe.ts';
import { cases, runCases, type ParityCase } from '../src/index.ts';
import { memoryRuntimes, type OpenRuntime } from './runtimes.ts';

/** Which cases each front door makes impossible: no more and no fewer. */
const impossible: Readonly<Record<string, readonly string[]>> = {
  'aws http-api-2.0': ['P17'],
  'aws http-api-1.0': ['P17'],
  'aws alb': ['P01', 'P09', 'P30'],
  'google functions-framework': ['T06'],
  'azure buffered': ['T05'],
  'azure buffered, told so': ['T05'],
  'azure streaming': ['T05'],
  'azure streaming, told so': ['T05'],
};

describe.each(memoryRuntimes)('$name', (runtime) => {
  let open: OpenRuntime;
  beforeAll(async () => {
    open = await runtime.open(handler);
  });
  afterAll(() => open.close());

  const told = cases.filter(
    (one) =>
      one.where.includes('memory') &&
      (one.kind === 'requests' || runtime.name === 'aws http-api-2.0'),
  );

  test.each(told.map((one): [string, ParityCase] => [`${one.id} ${one.title}`, one]))(
    '%s',
    async (_name, parityCase) => {
      const [result] = await runCases({
        provider: runtime.provider,
        place: 'memory',
        send: open.send,
        ...(runtime.shape && { shape: runtime.shape }),
        ...(open.invoke && { invoke: open.invoke }),
        cases: [parityCase],
        timeoutMs: 20_000,
      });
      const status = impossible[runtime.name]?.includes(parityCase.id) ? 'impossible' : 'passed';
      expect(`${result?.status} ${result?.detail ?? ''}`).toMatch(new RegExp(`^${status}`));
    },
  );
});
