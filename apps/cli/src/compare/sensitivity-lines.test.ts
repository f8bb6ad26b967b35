import { expect, test } from 'vitest';
import { sensitivityLines } from './sensitivity-lines.ts';

const layout = {
  lang: 'en',
  paint: (_style: string, text: string) => text,
  width: 200,
  hasBlocks: true,
} as const;
const sensitivities = [
  {
    field: 'requestsPerMonth',
    value: 3_000_000,
    below: { value: 2_222_222, cheapest: 'aws-lambda' },
    above: { value: 10_084_146, cheapest: 'google-gce-e2-small' },
  },
  { field: 'memoryMiB', value: 512, below: null, above: { value: 40_000, cheapest: '' } },
  { field: 'durationMs', value: 1234.5678, below: null, above: null },
] as const;

test('prints how far each number has to move, one line each', () => {
  expect(sensitivityLines(sensitivities, layout)).toEqual([
    '',
    'Changes that make another plan or server the cheapest, all else equal',
    '  requestsPerMonth 3,000,000: another is cheapest from 2,222,222 requests down: AWS Lambda; another is cheapest from 10,084,146 requests: Google Compute Engine e2-small',
    '  memoryMiB 512: nothing can run it from 40,000',
    '  durationMs 1,234.5678: no change',
  ]);
});

test('prints it in Vietnamese', () => {
  expect(sensitivityLines(sensitivities, { ...layout, lang: 'vi' }).slice(2)).toEqual([
    '  requestsPerMonth 3.000.000: khi giảm còn 2.222.222 yêu cầu: AWS Lambda; khi tăng đến 10.084.146 yêu cầu: Google Compute Engine e2-small',
    '  memoryMiB 512: khi tăng đến 40.000: không lựa chọn nào chạy được',
    '  durationMs 1.234,5678: không đổi gì',
  ]);
});
