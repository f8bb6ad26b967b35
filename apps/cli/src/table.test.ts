import { expect, test } from 'vitest';
import { tableLines, widthOf, wrap } from './table.ts';

test('numbers stand to the right, and columns are as wide as their widest cell', () => {
  expect(
    tableLines(
      [{ title: 'plan' }, { title: 'USD', align: 'right' }, { title: '' }],
      [
        ['aws-lambda', '2.73', ''],
        ['azure', '154.50', 'dear'],
      ],
    ),
  ).toEqual(['plan           USD', 'aws-lambda    2.73', 'azure       154.50  dear']);
});

test.each([
  { text: 'yêu cầu', width: 7, why: 'Vietnamese letters are one column each' },
  { text: 'ye\u0302u ca\u0302\u0300u', width: 7, why: 'written apart they still are' },
  { text: '\u001b[31mred\u001b[39m', width: 3, why: 'colours take no room' },
])('$text is $width columns wide: $why', ({ text, width }) => {
  expect(widthOf(text)).toBe(width);
});

test('wraps between words and leaves a word that is too long whole', () => {
  expect(wrap('the size is https://example.com/a-long-page indeed', 12, '  ')).toEqual([
    'the size is',
    '  https://example.com/a-long-page',
    '  indeed',
  ]);
});
