import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, tricloud } from './tricloud.ts';

const folder = join(root, 'examples', 'workloads');
const workloads = readdirSync(folder).filter((name) =>
  /^(?!package|tsconfig|turbo).*\.json$/.test(name),
);

const small = { requestsPerMonth: 3_000_000, durationMs: 120, memoryMiB: 1536 };

async function comparison(args: readonly string[], workload: object) {
  const { code, stdout } = await tricloud(['compare', '-', '--json', ...args], {
    input: JSON.stringify(workload),
  });
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

test('there are workloads to try', () => {
  expect(workloads.length).toBeGreaterThanOrEqual(4);
});

test.each(workloads)('prints the table of examples/workloads/%s', async (name) => {
  const file = join(folder, name);
  const { code, stdout, stderr } = await tricloud(['compare', file]);
  const { requestsPerMonth } = JSON.parse(await readFile(file, 'utf8'));

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`${requestsPerMonth.toLocaleString('en-US')} requests a month`);
  expect(stdout.match(/^aws-lambda +\d|aws-lambda: /gm)).not.toBeNull();
});

test('reads a workload from standard input, and tells exact amounts as JSON', async () => {
  const { plans, workload, order } = await comparison([], small);
  const exact = plans.map(({ bill }: { bill: { totalUsd: string } }) => bill.totalUsd);

  expect(workload).toMatchObject({ ...small, architecture: 'x86_64', freeTier: true });
  expect(exact.filter((amount: unknown) => !/^\d+(\.\d+)?$/.test(String(amount)))).toEqual([]);
  expect(order.length).toBeGreaterThan(8);
});

test('adds to the JSON what would move the order where it is asked for', async () => {
  const plain = await comparison([], small);
  const full = await comparison(['--sensitivity'], small);

  expect(full.sensitivity).toContainEqual({
    field: 'requestsPerMonth',
    value: 3_000_000,
    below: { value: 2_222_222, cheapest: 'aws-lambda' },
    above: { value: 6_113_502, cheapest: 'google-gce-e2-small' },
  });
  expect({ ...full, sensitivity: undefined }).toEqual({ ...plain, sensitivity: undefined });
});

test('a document larger than a pipe holds comes out whole', async () => {
  const burst = { requestsPerMonth: 912_500, durationMs: 80, memoryMiB: 256, peakToAverage: 144 };
  const full = await comparison([], { ...burst, everyServer: true });

  expect(JSON.stringify(full, null, 2).length).toBeGreaterThan(256 * 1024);
  expect(full.breakEven.length).toBe(full.plans.length * full.servers.length);
});

test('what the command line says stands before what the file says', async () => {
  const { workload } = await comparison(['--no-free-tier', '--region', 'aws=us-east-1'], {
    ...small,
    region: { google: 'us-central1' },
    freeTier: true,
  });

  expect(workload).toMatchObject({
    freeTier: false,
    region: { aws: 'us-east-1', google: 'us-central1', azure: 'eastus' },
  });
});

test.each([
  { env: { FORCE_COLOR: '1' }, coloured: true, why: 'colours are forced' },
  { env: {}, coloured: false, why: 'a pipe is no terminal' },
  { env: { NO_COLOR: '1' }, coloured: false, why: 'no colours are wanted' },
])('colours are $coloured: $why', async ({ env, coloured }) => {
  const { stdout } = await tricloud(['compare', '-'], { env, input: JSON.stringify(small) });

  expect(stdout.includes('\u001b[')).toBe(coloured);
});

test('the table is told in Vietnamese too', async () => {
  const { stdout } = await tricloud(['compare', '-', '--lang', 'vi'], {
    input: JSON.stringify(small),
  });

  expect(stdout.split('\n')[0]).toBe('3,000,000 yêu cầu mỗi tháng, mỗi yêu cầu 120 ms, 1,536 MiB');
});
