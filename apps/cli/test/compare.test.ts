import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { englishIn } from '../src/testing/english.ts';
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

test.each(workloads)('answers for examples/workloads/%s on one screen', async (name) => {
  const file = join(folder, name);
  const { code, stdout, stderr } = await tricloud(['compare', file]);
  const { requestsPerMonth } = JSON.parse(await readFile(file, 'utf8'));
  const lines = stdout.trimEnd().split('\n');

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(lines[0]).toMatch(
    `Cheapest for ${requestsPerMonth.toLocaleString('en-US')} requests a month: `,
  );
  expect(stdout).toMatch(/^ *\d+ {2}AWS Lambda \* +\d/m);
  expect(lines.length).toBeLessThanOrEqual(24);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
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

  expect(full.sensitivity[0]).toMatchObject({ field: 'requestsPerMonth', value: 3_000_000 });
  expect({ ...full, sensitivity: undefined }).toEqual({ ...plain, sensitivity: undefined });
});

test('a document larger than a pipe holds comes out whole', async () => {
  const burst = { ...small, includeLegacy: true, commitment: '1y' };
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

test.each([
  { args: ['--place', 'Hà Nội'], says: /^Hà Nội: AWS \S+, Google \S+, Azure \S+$/m },
  {
    args: ['--place', 'singapore', '--region', 'aws=us-east-1'],
    says: /^AWS us-east-1, Google asia-southeast1, Azure southeastasia$/m,
  },
  { args: ['--no-free-tier', '--arrivals', 'even'], says: /yêu cầu đến đều,\skhông trừ free tier/ },
  { args: ['--redundancy', '2'], says: /gấp đôi số máy chủ cần thiết/ },
  { args: ['--include-legacy'], says: /Azure Functions Consumption \(cũ\)/ },
  { args: ['--as-of', '2020-02-29'], says: /\(mới hơn ngày\s2020-02-29\)/ },
  { args: ['--all'], says: /^Nguồn giá$/m },
])('takes $args', async ({ args, says }) => {
  const { code, stdout, stderr } = await tricloud(['compare', '-', '--lang', 'vi', ...args], {
    input: JSON.stringify(small),
  });

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(says);
  expect(stdout.split('\n').flatMap(englishIn)).toEqual([]);
});

test('prints everything in the columns of COLUMNS', async () => {
  const { stdout } = await tricloud(['compare', '-', '--all'], {
    env: { COLUMNS: '72' },
    input: JSON.stringify(small),
  });
  const wide = stdout.split('\n').filter((line) => line.length > 72);

  expect(wide.filter((line) => !line.includes('https://'))).toEqual([]);
});

test('ranks committed servers beside those on demand', async () => {
  const { servers } = await comparison(['--commitment', '1y'], small);
  const terms = servers.map(({ commitment }: { commitment: string | null }) => commitment);

  expect(new Set(terms)).toEqual(new Set([null, '1y']));
});

test('puts own prices in place of list prices, and says so', async () => {
  const folderOfPrices = await mkdtemp(join(tmpdir(), 'tricloud-prices-'));
  try {
    const prices = join(folderOfPrices, 'prices.json');
    await writeFile(prices, '{ "aws-lambda": "-50%" }');
    const input = JSON.stringify(small);
    const [list, own] = [
      await comparison([], small),
      await comparison(['--prices', prices], small),
    ];

    expect(lambda(own)).toBeCloseTo(lambda(list) / 2, 9);
    const printed = await tricloud(['compare', '-', '--prices', prices], { input });
    expect(printed.stdout.replaceAll('\n', ' ')).toContain('Own prices are used.');
  } finally {
    await rm(folderOfPrices, { recursive: true });
  }
});

test('the screen is in Vietnamese too', async () => {
  const { stdout } = await tricloud(['compare', '-', '--lang', 'vi'], {
    input: JSON.stringify(small),
  });

  expect(stdout.split('\n')[0]).toMatch(/^Rẻ nhất cho 3\.000\.000 yêu cầu mỗi tháng: /);
});

function lambda({ plans }: { plans: { id: string; bill: { totalUsd: string } }[] }): number {
  return Number(plans.find(({ id }) => id === 'aws-lambda')?.bill.totalUsd);
}
