import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { billedServices } from '@tricloud/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tricloud } from './tricloud.ts';

let folder = '';

const files = {
  'empty.json': '',
  'comma.json': '{"items":[],}',
  'latin1.json': Buffer.from([0x22, 0xe9, 0x22]),
  'huge.json': ' '.repeat(1024 * 1024 + 1),
  'marked.json': `\u{feff}${itemOf({})}`,
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tricloud-bill-input-'));
  await Promise.all(
    Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)),
  );
  await symlink('loop.json', join(folder, 'loop.json'));
});
afterAll(() => rm(folder, { recursive: true }));

const see = 'hint: tricloud bill --help lists what it takes';
const shown = 'hint: tricloud bill --help shows a usage file';

test.each([
  {
    args: ['none.json'],
    says: ['tricloud: none.json does not exist', expect.stringMatching(/^hint: looked in \//)],
  },
  { args: ['.'], says: ['tricloud: . is a folder, not a file', see] },
  { args: ['loop.json'], says: ['tricloud: loop.json cannot be read (ELOOP)', see] },
  { args: ['empty.json'], says: ['tricloud: empty.json is empty', see] },
  {
    args: ['comma.json'],
    says: [
      'tricloud: comma.json:1:13: not JSON: a name in double quotes is expected, not "}"',
      see,
    ],
  },
  { args: ['latin1.json'], says: ['tricloud: latin1.json is not text in UTF-8', see] },
  {
    args: ['huge.json'],
    says: ['tricloud: huge.json is larger than 1 MiB, which no input file is', see],
  },
  { args: [], says: ['tricloud: bill needs a usage file', see] },
  { args: [''], says: ['tricloud: bill needs a usage file', see] },
  {
    args: ['a.json', 'b.json'],
    says: ['tricloud: bill takes one usage file, not also b.json', see],
  },
  { args: ['--jsno'], says: ['tricloud: bill has no option --jsno', 'hint: did you mean --json?'] },
  { args: ['--lang', 'fr'], says: ['tricloud: bill needs a usage file', see] },
  {
    args: ['marked.json', '--lang', 'fr'],
    says: ['tricloud: --lang takes en or vi, not "fr"', 'hint: such as --lang vi'],
  },
  {
    args: ['marked.json', '--as-of', '2026-02-30'],
    says: ['tricloud: --as-of takes a day such as 2026-11-22, not "2026-02-30"', see],
  },
  {
    args: ['marked.json', '--as-of', 'tomorrow'],
    says: ['tricloud: --as-of takes a day such as 2026-11-22, not "tomorrow"', see],
  },
])('$args is refused in one line and a hint', async ({ args, says }) => {
  const { code, stdout, stderr } = await tricloud(['bill', ...args], { cwd: folder });
  expect({ code, stdout, says: stderr.trimEnd().split('\n') }).toEqual({
    code: 2,
    stdout: '',
    says,
  });
});

/** A usage document of one item that is right but for these fields. */
function itemOf(changes: object): string {
  const usage = { requests: 1 };
  return JSON.stringify({
    items: [{ service: 'aws-sqs', region: 'us-east-1', usage, ...changes }],
  });
}

const requests = 'must be a whole number from 0 to 1,000,000,000,000';
const anObject = 'must be an object with type, requests, payloadKiB, fairQueue';

test.each([
  {
    why: 'no object',
    input: '[]',
    says: ['The usage is an empty array, but must be an object with freeTier, items'],
  },
  {
    why: 'null',
    input: 'null',
    says: ['The usage is null, but must be an object with freeTier, items'],
  },
  {
    why: 'no items',
    input: '{}',
    says: [
      'items is missing, but must be an array of 1 to 1000 items, each with service, region and usage',
    ],
  },
  {
    why: 'an empty list',
    input: '{"items":[]}',
    says: [
      'items is an empty array, but must be an array of 1 to 1000 items, each with service, region and usage',
    ],
  },
  {
    why: 'an item that is none',
    input: '{"items":[null]}',
    says: ['items[0] is null, but must be an object with service, region and usage'],
  },
  {
    why: 'an unknown region',
    input: itemOf({ region: 'mars' }),
    says: [
      'items[0].region is "mars", but must be one of the regions with known prices: us-east-1',
    ],
  },
  {
    why: 'no region',
    input: itemOf({ region: undefined }),
    says: [
      'items[0].region is missing, but must be one of the regions with known prices: us-east-1',
    ],
  },
  {
    why: 'an unknown plan',
    input: itemOf({ plan: 'hourly' }),
    says: ['items[0].plan is "hourly", but must be one of "pay-per-request"'],
  },
  {
    why: 'an unknown field, and a missing one',
    input: itemOf({ usage: { request: 1 } }),
    says: [
      'items[0].usage.request is 1, but there is no such field; the fields are type, requests, payloadKiB, fairQueue; "requests" may be meant',
      `items[0].usage.requests is missing, but ${requests}`,
    ],
  },
  {
    why: 'no usage',
    input: itemOf({ usage: undefined }),
    says: [`items[0].usage is missing, but ${anObject}`],
  },
  {
    why: 'usage that is a list',
    input: itemOf({ usage: [1] }),
    says: [`items[0].usage is an array of 1, but ${anObject}`],
  },
  {
    why: 'a number in quotes',
    input: itemOf({ usage: { requests: '1' } }),
    says: [`items[0].usage.requests is "1", but ${requests}`],
  },
  {
    why: 'a negative number',
    input: itemOf({ usage: { requests: -1 } }),
    says: [`items[0].usage.requests is -1, but ${requests}`],
  },
  {
    why: 'half a request',
    input: itemOf({ usage: { requests: 1.5 } }),
    says: [`items[0].usage.requests is 1.5, but ${requests}`],
  },
  {
    why: 'more than there can be',
    input: itemOf({ usage: { requests: 1e30 } }),
    says: [`items[0].usage.requests is 1e+30, but ${requests}`],
  },
  {
    why: 'a number that JSON has no room for',
    input: itemOf({ usage: { requests: 1 } }).replace(':1}', ':1e999}'),
    says: [`items[0].usage.requests is Infinity, but ${requests}`],
  },
  {
    why: 'a prototype',
    input: itemOf({}).replace('"requests"', '"__proto__":{},"requests"'),
    says: [
      'items[0].usage.__proto__ is an object, but there is no such field; the fields are type, requests, payloadKiB, fairQueue',
    ],
  },
  {
    why: 'a wrong flag, a field too many and a wrong item, all at once',
    input: itemOf({ usage: { requests: true } }).replace('{', '{"freeTier":"yes","month":11,'),
    says: [
      'month is 11, but there is no such field; the fields are freeTier, items',
      'freeTier is "yes", but must be true or false',
      `items[0].usage.requests is true, but ${requests}`,
    ],
  },
])('$why: a line for each fault', async ({ input, says }) => {
  const { code, stdout, stderr } = await tricloud(['bill', '-'], { input });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.trimEnd().split('\n')).toEqual([
    ...says.map((each): unknown => expect.stringContaining(`standard input: ${each}`)),
    shown,
  ]);
});

test.each([
  { service: 'aws-sqss', ends: '; "aws-sqs" may be meant', why: 'the nearest is suggested' },
  { service: '__proto__', ends: '', why: 'nothing inherited is a service' },
  { service: 'ibm-cloud-functions', ends: '', why: 'nothing is near' },
  { service: 3, ends: '', why: 'a number has no neighbour' },
])('an unknown service $service lists all that are known: $why', async ({ service, ends }) => {
  const { code, stderr } = await tricloud(['bill', '-'], { input: itemOf({ service }) });
  const known = billedServices.map(({ id }) => id).join(', ');
  const line = `items[0].service is ${JSON.stringify(service)}, but must be one of ${known}${ends}`;
  expect({ code, says: stderr.trimEnd().split('\n') }).toEqual({
    code: 2,
    says: [`standard input: ${line}`, shown],
  });
});

test('a byte order mark is no fault', async () => {
  const { code, stderr } = await tricloud(['bill', 'marked.json'], { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
