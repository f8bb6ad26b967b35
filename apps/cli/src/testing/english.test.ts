import { expect, test } from 'vitest';
import { englishIn } from './english.ts';

test.each([
  { text: 'Không có giá cho vùng này; workload chạy trên instance.', english: [] },
  { text: 'từ 16,4 triệu yêu cầu thì t3.small rẻ hơn AWS Lambda', english: [] },
  { text: 'nguồn: https://example.com/the-price-of-it', english: [] },
  { text: 'hai the gateway', english: ['the'] },
  {
    text: 'The price of this is not known',
    english: ['The', 'price', 'of', 'this', 'is', 'known'],
  },
])('finds $english in $text', ({ text, english }) => {
  expect(englishIn(text)).toEqual(english);
});
