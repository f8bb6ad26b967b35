import { expect, test } from 'vitest';
import { sensitivityLines } from './sensitivity-lines.ts';

const layout = {
  lang: 'en',
  paint: (_style: string, text: string) => text,
  width: 120,
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
    '  requestsPerMonth 3,000,000: down to 2,222,222: AWS Lambda; up to 10,084,146: Google Compute Engine e2-small',
    '  memoryMiB 512: up to 40,000: -',
    '  durationMs 1,234.5678: no change',
  ]);
});

test('prints it in Vietnamese', () => {
  expect(sensitivityLines(sensitivities, { ...layout, lang: 'vi' }).slice(2)).toEqual([
    '  requestsPerMonth 3.000.000: giảm đến 2.222.222: AWS Lambda; tăng đến 10.084.146: Google Compute Engine e2-small',
    '  memoryMiB 512: tăng đến 40.000: -',
    '  durationMs 1.234,5678: không đổi gì',
  ]);
});
