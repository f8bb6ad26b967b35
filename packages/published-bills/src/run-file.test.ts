import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { runFile } from './run-file.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'published-bills-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: readonly string[]) {
  const lines: string[] = [];
  const errors: string[] = [];
  const status = await runFile(args, {
    out: (line) => lines.push(line),
    err: (line) => errors.push(line),
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
  provider: 'aws',
  service: 'sqs',
  inputs: { requests: 1_000_000 },
  expected: { lines: { requests: 0.4 }, total_usd: 0.4 },
  tolerance_usd: 0.01,
};
const told = '{"id":"good","lines":{"requests":0.4},"total_usd":0.4,"within_tolerance":true}';
const misprint = { ...good, expected: { ...good.expected, total_usd: 9 }, errata: 'It is wrong.' };
const off = { ...good, expected: { ...good.expected, total_usd: 9 } };

describe('a file of examples', () => {
  test('of the published bills is as printed but for the misprint', async () => {
    const { status, lines, errors } = await run(at('../bills.json'));
    const bills: readonly { id: string }[] = JSON.parse(readFileSync(at('../bills.json'), 'utf8'));
    expect(lines.slice(0, -1).map((line) => JSON.parse(line).id)).toEqual(
      bills.map(({ id }) => id),
    );
    expect(lines.find((line) => line.includes('misprint'))).toBe(
      '{"id":"aws-lambda-08","lines":{"compute":993.33532,"requests":6,"epu":148},"total_usd":1147.33532,"within_tolerance":false,"misprint":true}',
    );
    expect({ status, errors, last: lines.at(-1) }).toEqual({
      status: 0,
      errors: [],
      last: '{"passed":70,"misprints":1,"total":71}',
    });
  });

  test('is run by the command that the README names', () => {
    const tsx = at('../../../node_modules/tsx/dist/cli.mjs');
    const command = [tsx, at('./main.ts'), at('../more-bills.json')];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
    const more: readonly unknown[] = JSON.parse(readFileSync(at('../more-bills.json'), 'utf8'));
    const all = more.length;
    const last = JSON.stringify({ passed: all, misprints: 0, total: all });
    expect({ status, stderr, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
      status: 0,
      stderr: '',
      last,
    });
  }, 60_000);

  test.each([
    {
      why: 'a misprint is no failure',
      examples: [misprint, good],
      status: 0,
      lines: [
        told.replace('true}', 'false,"misprint":true}'),
        told,
        '{"passed":1,"misprints":1,"total":2}',
      ],
    },
    {
      why: 'what is no misprint is',
      examples: [off, good],
      status: 1,
      lines: [told.replace('true}', 'false}'), told, '{"passed":1,"misprints":0,"total":2}'],
    },
    {
      why: 'errata that are empty or null tell of no misprint',
      examples: [
        { ...off, errata: '' },
        { ...off, errata: null },
      ],
      status: 1,
      lines: [
        told.replace('true}', 'false}'),
        told.replace('true}', 'false}'),
        '{"passed":0,"misprints":0,"total":2}',
      ],
    },
  ])('ends with a sum: $why', async ({ examples, status, lines }) => {
    expect(await runOn(JSON.stringify(examples))).toEqual({ status, lines, errors: [] });
  });

  test('is run on beyond what is not understood', async () => {
    const odd = { ...good, id: 'odd', inputs: { requests: -1, 'a\nb': 2 } };
    const { status, lines, errors } = await runOn(JSON.stringify([odd, 5, good]));
    const refused = {
      lines: {},
      total_usd: null,
      within_tolerance: false,
      error: expect.stringMatching(/, but must be /),
    };
    expect(lines.slice(0, 2).map((line) => JSON.parse(line))).toEqual([
      { id: 'odd', ...refused },
      { id: '[1]', ...refused },
    ]);
    expect({ status, rest: lines.slice(2) }).toEqual({
      status: 2,
      rest: [told, '{"passed":1,"misprints":0,"total":3}'],
    });
    expect(errors.map((line) => line.split(', but ')[0])).toEqual([
      'odd: "inputs.a\\nb" is 2',
      'odd: inputs.requests is -1',
      '[1]: An example is 5',
    ]);
  });

  test.each([
    { why: 'a byte order mark is passed over', text: '\uFEFF[]', status: 0, errors: [] },
    {
      why: 'an empty file',
      text: '',
      status: 2,
      errors: [expect.stringMatching(/^FILE: [^\n]+$/)],
    },
    { why: 'no array', text: '{}', status: 2, errors: ['FILE: must be an array of examples'] },
    {
      why: 'no JSON, told in one line',
      text: '{\n "a": x\n}',
      status: 2,
      errors: [expect.stringMatching(/^FILE: [^\n]+$/)],
    },
  ])('may be none: $why', async ({ text, status, errors }) => {
    const ran = await runOn(text);
    expect({ status: ran.status, errors: ran.errors }).toEqual({ status, errors });
  });

  test('that is not there is named', async () => {
    const { status, errors } = await run(join(folder, 'nowhere.json'));
    expect({ status, errors }).toEqual({
      status: 2,
      errors: [expect.stringMatching(/nowhere\.json: ENOENT[^\n]+$/)],
    });
  });

  test.each([[[]], [['a.json', 'b.json']]])('is one: %o says how it is used', async (args) => {
    expect(await run(...args)).toEqual({
      status: 2,
      lines: [],
      errors: ['usage: npm run -s examples -- <file.json>'],
    });
  });
});
