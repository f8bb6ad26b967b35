import { expect, test } from 'vitest';
import { sensitivityLines } from './sensitivity-lines.ts';

const layout = { lang: 'en', paint: (_style: string, text: string) => text, width: 120 } as const;

test('tells how far each number has to move, one line each', () => {
  const lines = sensitivityLines(
    [
      {
        field: 'requestsPerMonth',
        value: 3_000_000,
        below: { value: 2_222_222, cheapest: 'aws-lambda' },
        above: { value: 10_084_146, cheapest: 'google-gce-e2-small' },
      },
      { field: 'memoryMiB', value: 512, below: null, above: { value: 40_000, cheapest: '' } },
      { field: 'responseKiB', value: 2.5, below: null, above: null },
    ],
    layout,
  );

  expect(lines).toEqual([
    '',
    'What would make another offer the cheapest, all else alike',
    '  requestsPerMonth 3,000,000: down to 2,222,222: aws-lambda; up to 10,084,146: google-gce-e2-small',
    '  memoryMiB 512: up to 40,000: -',
    '  responseKiB 2.5: changes nothing',
  ]);
});
