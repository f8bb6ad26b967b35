import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { runFiles } from './run-files.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'published-bills-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: readonly string[]) {
  const lines: string[] = [];
  const errors: string[] = [];
  const status = await runFiles(args, {
    log: (line: string) => lines.push(line),
    error: (line: string) => errors.push(line),
  });
  return { status, lines, errors };
}

async function runOn(text: string) {
  const file = join(folder, 'examples.json');
  writeFileSync(file, text);
  const { errors, ...rest } = await run(file);
  return { ...rest, errors: errors.map((line) => line.replaceAll(file, 'FILE')) };
}

const good = {
  id: 'good',
  freeTier: false,
  items: [{ service: 'aws-sqs', region: 'us-east-1', usage: { requests: 1_000_000 } }],
  expected: { lines: { standard: 0.4 }, totalUsd: 0.4 },
};
const result = '{"id":"good","lines":{"standard":0.4},"total_usd":0.4,"within_tolerance":true}';
const wrong = result.replace('true}', 'false}');
const off = { ...good, expected: { ...good.expected, totalUsd: 9 } };
const misprint = { ...off, errata: 'It is wrong.' };

describe('npm run -s examples', () => {
  test('runs every published bill where no file is named', async () => {
    const { status, lines, errors } = await run();
    expect({ status, errors, last: lines.at(-1), count: lines.length }).toEqual({
      status: 0,
      errors: [],
      last: '{"passed":168,"misprints":1,"total":169}',
      count: 170,
    });
  });

  test('is a command', () => {
    const command = [at('../../../node_modules/tsx/dist/cli.mjs'), at('./main.ts')];
    const args = [...command, at('../bills/aws-sqs.json')];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ status, stderr, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
      status: 0,
      stderr: '',
      last: '{"passed":2,"misprints":0,"total":2}',
    });
  }, 60_000);

  test.each([
    {
      why: 'one document',
      input: good,
      status: 0,
      lines: [result, '{"passed":1,"misprints":0,"total":1}'],
    },
    {
      why: 'an array without ids',
      input: [{ ...good, id: undefined }, good],
      status: 0,
      lines: [result.replace('good', '[0]'), result, '{"passed":2,"misprints":0,"total":2}'],
    },
    {
      why: 'a misprint, which is no failure',
      input: [misprint, good],
      status: 0,
      lines: [
        wrong.replace('false}', 'false,"misprint":true}'),
        result,
        '{"passed":1,"misprints":1,"total":2}',
      ],
    },
    {
      why: 'a bill that is not as printed',
      input: [off, good],
      status: 1,
      lines: [wrong, result, '{"passed":1,"misprints":0,"total":2}'],
    },
    { why: 'none', input: [], status: 0, lines: ['{"passed":0,"misprints":0,"total":0}'] },
  ])('takes $why', async ({ input, status, lines }) => {
    expect(await runOn(JSON.stringify(input))).toEqual({ status, lines, errors: [] });
  });

  test('goes on after an example that is refused', async () => {
    const odd = { ...good, id: 'odd', toleranceUsd: -1, 'a\nb': 2 };
    const { status, lines, errors } = await runOn(JSON.stringify([odd, 5, good, off]));
    const refused = {
      lines: {},
      total_usd: null,
      within_tolerance: false,
      error: expect.stringMatching(/, but (?:must be|there is no) /),
    };
    expect(lines.slice(0, 2).map((line) => JSON.parse(line))).toEqual([
      { id: 'odd', ...refused },
      { id: '[1]', ...refused },
    ]);
    expect({ status, rest: lines.slice(2) }).toEqual({
      status: 2,
      rest: [result, wrong, '{"passed":1,"misprints":0,"total":4}'],
    });
    expect(errors.map((line) => line.split(', but ')[0])).toEqual([
      'odd: "a\\nb" is 2',
      'odd: toleranceUsd is -1',
      '[1]: An example is 5',
    ]);
  });

  test.each([
    { why: 'skips a byte order mark', text: '\uFEFF[]', status: 0, errors: [] },
    { why: 'refuses an empty file', text: '', status: 2, errors: [/^FILE: [^\n]+$/] },
    {
      why: 'refuses what is no JSON, in one line',
      text: '{\n "a": x\n}',
      status: 2,
      errors: [/^FILE: [^\n]+$/],
    },
  ])('$why', async ({ text, status, errors }) => {
    const ran = await runOn(text);
    expect(ran.status).toBe(status);
    expect(ran.errors).toEqual(errors.map((pattern) => expect.stringMatching(pattern)));
  });

  test('names a file that is not there', async () => {
    expect(await run(join(folder, 'nowhere.json'))).toEqual({
      status: 2,
      lines: [],
      errors: [expect.stringMatching(/nowhere\.json: [^\n]*ENOENT[^\n]+$/)],
    });
  });

  test.each([[['--help']], [['a.json', 'b.json']]])('says how it is used: %o', async (args) => {
    const errors = ['usage: npm run -s examples -- [FILE.json]'];
    expect(await run(...args)).toEqual({ status: 2, lines: [], errors });
  });
});
