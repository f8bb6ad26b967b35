import type { Json, RequestCase } from '../contract.ts';
import { albKeepsTheLastValue } from './sources.ts';
import { probed } from './places.ts';

/** What a function sees of the query string. */
export const queryCases: readonly RequestCase[] = [
  {
    ...query('P01', 'repeated query keys keep every value and their order', '?a=1&a=2&b=3', [
      ['a', '1'],
      ['a', '2'],
      ['b', '3'],
    ]),
    why: 'Azure/azure-functions-nodejs-library#168; honojs/hono handler.test.ts',
    impossible: [albKeepsTheLastValue],
  },
  {
    ...query('P02', 'a plus sign and %20 are both a space', '?x=a+b&y=a%20b', [
      ['x', 'a b'],
      ['y', 'a b'],
    ]),
    why: 'CodeGenieApp/serverless-express#552',
  },
  {
    ...query('P03', '%2B is a plus sign', '?x=a%2Bb', [['x', 'a+b']]),
    why: 'CodeGenieApp/serverless-express#552',
  },
  {
    ...query('P04', 'an encoded & and = stay inside their value', '?x=a%26b%3Dc', [['x', 'a&b=c']]),
    why: 'honojs/hono#4372',
  },
  {
    ...query('P05', 'braces and slashes in a value', '?path=/book/%7BbookId%7D/', [
      ['path', '/book/{bookId}/'],
    ]),
    why: 'honojs/hono#4358',
  },
  {
    ...query('P06', 'a UTF-8 value', '?t=%E6%97%A5%E6%9C%AC', [['t', '日本']]),
    why: 'honojs/hono handler.test.ts',
  },
  {
    ...query('P07', 'an empty value is still there', '?x=&y=1', [
      ['x', ''],
      ['y', '1'],
    ]),
    why: 'h3js/srvx#299',
  },
  {
    ...query('P08', 'a key without a value is still there', '?flag', [['flag', '']]),
    why: 'h3js/srvx#299',
  },
  {
    ...query('P09', 'keys with encoded brackets keep every value', '?f%5B%5D=1&f%5B%5D=2', [
      ['f[]', '1'],
      ['f[]', '2'],
    ]),
    why: 'Azure/azure-functions-nodejs-library#168',
    impossible: [albKeepsTheLastValue],
  },
];

function query(id: string, title: string, search: string, pairs: Json) {
  return {
    kind: 'requests',
    id,
    title,
    where: probed,
    steps: [
      {
        method: 'GET',
        target: `/echo${search}`,
        expect: { status: 200, fields: { query: pairs } },
      },
    ],
  } as const;
}
