import { expect, test } from 'vitest';
import { bar } from './bar.ts';

test.each([
  { share: 0, blocks: '', ascii: '' },
  { share: 0.0001, blocks: '▏', ascii: '#' },
  { share: 0.5, blocks: '█████', ascii: '#####' },
  { share: 0.5625, blocks: '█████▋', ascii: '######' },
  { share: 1, blocks: '██████████', ascii: '##########' },
])('a share of $share is drawn as $blocks or $ascii', ({ share, blocks, ascii }) => {
  expect([bar(share, 10, true), bar(share, 10, false)]).toEqual([blocks, ascii]);
});
