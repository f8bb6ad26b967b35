import { readdirSync, readFileSync } from 'node:fs';
import { billUsage, parseUsage } from '@tricloud/core';
import { agree, httpSend, runCases } from '@tricloud/parity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProviderId } from '../src/index.ts';
import { startTestCloud, type TestCloud } from './cloud.ts';
import { priceLists } from '@tricloud/core/price-lists';

const providers: readonly ProviderId[] = ['aws', 'google', 'azure'];
const folder = new URL('../../../examples/usage/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
let running: TestCloud;

beforeAll(async () => {
  running = await startTestCloud({ isShipped: true });
});
afterAll(() => running.close());

/** What a runtime answers, to the byte. */
async function answerOf(provider: ProviderId, body: string) {
  const answer = await fetch(running.url(provider, '/v1/bills'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    text: await answer.text(),
  };
}

test.each(files)(
  'the three runtimes give the bill of examples/usage/%s, byte for byte',
  async (file) => {
    const body = readFileSync(new URL(file, folder), 'utf8');
    const [aws, ...others] = await Promise.all(providers.map((each) => answerOf(each, body)));
    expect(others).toEqual([aws, aws]);
    expect(aws).toMatchObject({ status: 200, type: 'application/json' });
    const bill: { asOf: string } = JSON.parse(aws?.text ?? '');
    expect(bill).toEqual(billUsage(parseUsage(JSON.parse(body), priceLists), { asOf: bill.asOf }));
  },
);

test.each([
  { body: '', status: 400, why: 'nothing' },
  { body: '{"items":[', status: 400, why: 'half a document' },
  { body: '"\ud800"', status: 422, why: 'a text that is no document' },
  { body: '{"items":[{"service":"__proto__"},null],"month":11}', status: 422, why: 'four faults' },
  { body: ' '.repeat(70_000), status: 413, why: 'too much' },
])('the three runtimes refuse $why alike', async ({ body, status }) => {
  const [aws, ...others] = await Promise.all(providers.map((each) => answerOf(each, body)));
  expect(others).toEqual([aws, aws]);
  expect(aws).toMatchObject({ status, type: 'application/problem+json' });
});

test('the three runtimes pass every case of a deployed function, and agree', async () => {
  const results = await Promise.all(
    providers.map(async (provider) => {
      const send = httpSend(running.url(provider, ''));
      const told = await runCases({ provider, place: 'deployed', send });
      send.close();
      return { runtime: provider, results: told };
    }),
  );
  const failed = agree(results).flatMap((each) =>
    each.results.filter(({ status }) => status === 'failed'),
  );
  expect(failed).toEqual([]);
});
