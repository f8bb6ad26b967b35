import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

const names = ['dev', 'compare', 'parity', 'azure-host'];

test.each([
  { word: 'comapre', name: 'compare', why: 'two neighbours are swapped' },
  { word: 'compar', name: 'compare', why: 'a letter is missing' },
  { word: 'azure', name: 'azure-host', why: 'it is how the name begins' },
  { word: 'prity', name: 'parity', why: 'a letter is missing within' },
  { word: 'deploy', name: undefined, why: 'no name is near' },
  { word: 'x', name: undefined, why: 'one letter says nothing' },
])('$word means $name: $why', ({ word, name }) => {
  expect(nearest(word, names)).toBe(name);
});
