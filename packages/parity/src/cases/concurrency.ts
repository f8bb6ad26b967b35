import type { RequestCase } from '../contract.ts';
import { utf8 } from './bytes.ts';
import { probed } from './places.ts';

/** What an instance keeps between requests, and what it must not mix up among them. */
export const concurrencyCases: readonly RequestCase[] = [
  {
    kind: 'requests',
    id: 'P81',
    title: 'a counter of the module grows over three warm calls',
    why: 'dherault/serverless-offline#954: a fresh module for every request',
    where: probed,
    steps: [
      { method: 'GET', target: '/counter', expect: { status: 200 } },
      {
        method: 'GET',
        target: '/counter',
        expect: { status: 200, grows: { field: 'calls', since: 1 } },
      },
      {
        method: 'GET',
        target: '/counter',
        expect: { status: 200, grows: { field: 'calls', since: 2 } },
      },
    ],
  },
  {
    kind: 'requests',
    id: 'P82',
    title: '1024 requests at once with scattered delays each get their own answer',
    why: 'Azure/azure-functions-nodejs-e2e-tests src/http.test.ts',
    where: probed,
    together: true,
    steps: Array.from({ length: 1024 }, (_, index) => {
      const token = `t${index}`;
      return {
        method: 'POST',
        target: `/delay?delayMs=${scattered(index)}&token=${token}`,
        headers: [
          ['Content-Type', 'text/plain'],
          ['X-Token', token],
        ],
        body: utf8(`body of ${token}`),
        expect: { status: 200, json: { token, header: token, body: `body of ${token}` } },
      };
    }),
  },
];

/** 0 to 20 ms in an order that looks random and is the same on every run (Knuth's multiplicative hash). */
function scattered(index: number): number {
  return (Math.imul(index, 2_654_435_761) >>> 0) % 21;
}
