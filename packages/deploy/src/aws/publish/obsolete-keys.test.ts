import { expect, test } from 'vitest';
import { obsoleteKeys } from './obsolete-keys.ts';

const prefix = 'serverless/shop/qa/';
const sha = (letter: string) => letter.repeat(64);
const folder = (n: number, letter: string) => `${prefix}179609198729${n}-2026-${sha(letter)}`;
const template = (n: number, letter: string) => `${folder(n, letter)}/template.json`;
const packageOf = (letter: string) => `${prefix}packages/${sha(letter)}.zip`;

const seven = ['a', 'b', 'c', 'd', 'e', 'f', 'a'].map((letter, n) => template(n, letter));
const packages = ['a', 'b', 'c', 'd', 'e', 'f'].map(packageOf);

test('the last five deployments stay, and the packages that they use, however old', () => {
  expect(obsoleteKeys([...seven, ...packages], { prefix, inUse: [] })).toEqual([
    template(0, 'a'),
    template(1, 'b'),
    packageOf('b'),
  ]);
});

test('what is deployed and what a rollback restores stay', () => {
  const inUse = [folder(0, 'a'), folder(1, 'b')];
  expect(obsoleteKeys([...seven, ...packages], { prefix, inUse })).toEqual([]);
});

test('folders of the Serverless Framework count, with everything in them', () => {
  const theirs = `${prefix}1796091987280-2026-11-30T00:00:00.000Z`;
  const keys = [`${theirs}/tricloud.zip`, `${theirs}/serverless-state.json`, ...seven.slice(2)];
  expect(obsoleteKeys(keys, { prefix, inUse: [] })).toEqual(keys.slice(0, 2));
  expect(obsoleteKeys(keys.slice(0, 6), { prefix, inUse: [] })).toEqual([]);
});

test('nothing of another stage or another owner is removed', () => {
  const foreign = [
    `serverless/shop/qa2/packages/${sha('b')}.zip`,
    `serverless/shop/qa2/1796091987280-x/t.json`,
    `${prefix}notes.txt`,
    `${prefix}packages/notes.zip`,
  ];
  expect(obsoleteKeys([...foreign, ...seven.slice(2)], { prefix, inUse: [] })).toEqual([]);
});
