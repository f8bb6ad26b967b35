import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonMembers, type JsonMember } from './json-members.ts';

async function* inChunks(text: string, size: number) {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function membersOf(text: string, parents: readonly string[], size = 7) {
  const members: JsonMember[] = [];
  for await (const member of jsonMembers(inChunks(text, size), parents)) members.push(member);
  return members.map(({ parent, key, value }) => [parent, key, value]);
}

describe('jsonMembers', () => {
  test('gives the members of the objects asked for, wherever else the same names stand', async () => {
    const document = {
      a: 1,
      products: { one: { products: { two: 'no } { " : ,' } }, list: [{ products: { x: 1 } }] },
      terms: { OnDemand: { s: [1, { OnDemand: {} }] }, Reserved: { s: 2 } },
      z: 'é',
    };
    const expected = [
      ['', 'a', 1],
      ['products', 'one', document.products.one],
      ['products', 'list', document.products.list],
      ['terms/OnDemand', 's', document.terms.OnDemand.s],
      ['', 'z', 'é'],
    ];
    for (const size of [1, 2, 3, 1000]) {
      const text = JSON.stringify(document, null, size);
      expect(await membersOf(text, ['', 'products', 'terms/OnDemand'], size)).toEqual(expected);
    }
  });

  test('reads what JSON.parse reads, however it is cut into chunks', async () => {
    const anyObject = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(anyObject, fc.integer({ min: 1, max: 20 }), async (inner, size) => {
        const text = JSON.stringify({ before: [inner], inner, after: inner });
        const members = await membersOf(text, ['inner'], size);
        const plain: unknown = JSON.parse(JSON.stringify(inner));
        expect(Object.fromEntries(members.map(([, key, value]) => [key, value]))).toEqual(plain);
      }),
    );
  });

  test('refuses a document that is cut off, wherever', async () => {
    const text = '{"products":{"a":{"b":"c"}},"terms":{"OnDemand":{}}}';
    for (let length = 0; length < text.length; length += 1) {
      await expect(membersOf(text.slice(0, length), ['products'])).rejects.toThrow('cut off');
    }
  });

  test.each(['<html></html>', 'null', '', '}', '{"a":1}}', '[":"]:'])(
    'refuses %j',
    async (text) => {
      await expect(membersOf(text, [''])).rejects.toThrow(/cut off|no JSON/);
    },
  );
});
