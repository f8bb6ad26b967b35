import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tricloud } from './tricloud.ts';

let folder = '';

const files = {
  'good.json': '{ "requestsPerMonth": 1000, "durationMs": 100, "memoryMiB": 128 }',
  'comma.json': '{\n  "requestsPerMonth": 1000,\n}',
  'twice.json':
    '{\n  "requestsPerMonth": 1000,\n  "durationMs": 100,\n  "memoryMiB": 128,\n  "durationMs": 200\n}',
  'own-twice.json': '{ "aws-lambda": "-12%", "aws-lambda": "-13%" }',
  'own-wrong.json': '{ "aws-lamda": "-12%", "aws-ec2/t3.smal": "0.01", "aws-lambda": "12%" }',
  'single.json': "{ 'requestsPerMonth': 1000 }",
  'comment.json': '{ "requestsPerMonth": 1000 // a month\n}',
  'empty.json': '',
  'array.json': '[]',
  'wrong.json':
    '{ "requestsPerMonth": -1, "durationMs": "fast", "memoryMiB": 128, "cores": 2, "region": { "aws": "mars-1" } }',
  'latin1.json': Buffer.from([0x22, 0xe9, 0x22]),
  'huge.json': ' '.repeat(1024 * 1024 + 1),
  'default-only.ts': "export default () => new Response('hello');",
  'broken.ts': 'export const handler = (',
  'commonjs.cjs': 'exports.other = 1;',
  'no-app/data.json': '{}',
  'bad-host/host.json': '{ version',
  'bad-host/package.json': '{}',
  'bad-manifest/host.json': '{ "version": "2.0" }',
  'bad-manifest/package.json': '{\n  "main": "index.js",\n}',
  'bad-port/local.settings.json': '{ "Host": { "LocalHttpPort": 99999 } }',
  'bad-port/host.json': '{ "version": "2.0" }',
  'unmet.ts': "import x from 'not-installed';\nexport const handler = () => new Response(x);",
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tricloud-bad-input-'));
  await Promise.all(
    Object.entries(files).map(async ([name, content]) => {
      const file = join(folder, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }),
  );
  await symlink('loop.json', join(folder, 'loop.json'));
});
afterAll(() => rm(folder, { recursive: true }));

const see = (command: string) => `hint: tricloud ${command} --help lists what it takes`;
const lookedHere: unknown = expect.stringMatching(/^hint: looked in \/.*tricloud-bad-input-/);

interface Bad {
  readonly line: string;
  readonly env?: Record<string, string>;
  /** What stderr says, in whole. */
  readonly says: readonly unknown[];
}

const bad: readonly Bad[] = [
  {
    line: 'comapre good.json',
    says: ['tricloud: unknown command comapre', 'hint: did you mean compare?'],
  },
  {
    line: 'publish aws',
    says: ['tricloud: unknown command publish', 'hint: tricloud --help lists the commands'],
  },
  {
    line: '--json dev',
    says: [
      'tricloud: unknown option --json before the command',
      'hint: tricloud --help lists the commands',
    ],
  },
  {
    line: 'dev --prot-aws 1',
    says: ['tricloud: dev has no option --prot-aws', 'hint: did you mean --port-aws?'],
  },
  {
    line: 'dev here',
    says: ['tricloud: dev takes no argument here', see('dev')],
  },
  {
    line: 'dev --port-aws',
    says: ['tricloud: --port-aws needs a value', see('dev')],
  },
  {
    line: 'dev --json=yes',
    says: ['tricloud: --json takes no value', see('dev')],
  },
  {
    line: 'dev --port-aws 65536',
    says: ['tricloud: --port-aws must be a port number from 0 to 65535, not "65536"', see('dev')],
  },
  {
    line: 'dev',
    env: { TRICLOUD_PORT_GOOGLE: 'http' },
    says: [
      'tricloud: TRICLOUD_PORT_GOOGLE must be a port number from 0 to 65535, not "http"',
      see('dev'),
    ],
  },
  {
    line: 'dev --port-aws 4500 --port-azure 4500',
    says: [
      'tricloud: --port-aws and --port-azure are both 4500',
      'hint: each needs a port of its own; 0 takes a free one',
    ],
  },
  {
    line: 'dev --only azur',
    says: ['tricloud: --only takes aws, google or azure, not "azur"', 'hint: did you mean azure?'],
  },
  {
    line: 'dev --only ,',
    says: ['tricloud: --only names no provider', 'hint: such as --only aws,azure'],
  },
  {
    line: 'dev --aws-instances 0',
    says: ['tricloud: --aws-instances must be a whole number from 1 to 1000, not "0"', see('dev')],
  },
  {
    line: 'dev --only aws --inspect google',
    says: ['tricloud: --inspect google, but --only leaves google out', see('dev')],
  },
  { line: 'dev --env none.env', says: ['tricloud: none.env does not exist', lookedHere] },
  {
    line: 'dev --node ./no-node',
    says: ['tricloud: --node ./no-node cannot be run (ENOENT)', see('dev')],
  },
  { line: 'dev --function none.ts', says: ['tricloud: none.ts does not exist', lookedHere] },
  {
    line: 'dev --function .',
    says: ['tricloud: . is a folder, not a module', see('dev')],
  },
  {
    line: 'dev --function default-only.ts',
    says: [
      'tricloud: default-only.ts does not export handler',
      "hint: export const handler = (request) => new Response('hello');",
    ],
  },
  {
    line: 'dev --function commonjs.cjs',
    says: [
      'tricloud: commonjs.cjs does not export handler',
      "hint: export const handler = (request) => new Response('hello');",
    ],
  },
  {
    line: 'dev --function unmet.ts --only aws --port-console 0 --port-aws 0 --json',
    says: ['tricloud: unmet.ts:1:15: Could not resolve "not-installed"', see('dev')],
  },
  {
    line: 'dev --function broken.ts',
    says: ['tricloud: broken.ts:1:25: Unexpected end of file', see('dev')],
  },
  { line: 'dev --compare none.json', says: ['tricloud: none.json does not exist', lookedHere] },
  {
    line: 'compare',
    says: ['tricloud: compare needs a workload file', see('compare')],
  },
  {
    line: 'compare good.json array.json',
    says: ['tricloud: compare takes one workload file, not also array.json', see('compare')],
  },
  { line: 'compare none.json', says: ['tricloud: none.json does not exist', lookedHere] },
  { line: 'compare good.json/x', says: ['tricloud: good.json/x does not exist', lookedHere] },
  {
    line: 'compare .',
    says: ['tricloud: . is a folder, not a file', see('compare')],
  },
  {
    line: 'compare empty.json',
    says: ['tricloud: empty.json is empty', see('compare')],
  },
  {
    line: 'compare latin1.json',
    says: ['tricloud: latin1.json is not text in UTF-8', see('compare')],
  },
  {
    line: 'compare huge.json',
    says: ['tricloud: huge.json is larger than 1 MiB, which no input file is', see('compare')],
  },
  {
    line: 'compare comma.json',
    says: [
      'tricloud: comma.json:3:1: not JSON: a name in double quotes is expected, not "}"',
      see('compare'),
    ],
  },
  {
    line: 'compare twice.json',
    says: ['tricloud: twice.json:5:3: duplicate key "durationMs", first at 3:3', see('compare')],
  },
  {
    line: 'compare single.json',
    says: [
      `tricloud: single.json:1:3: not JSON: a name in double quotes is expected, not "'requestsPerMonth'"`,
      see('compare'),
    ],
  },
  {
    line: 'compare comment.json',
    says: [
      'tricloud: comment.json:1:28: not JSON: JSON without comments is expected, not "// a month"',
      see('compare'),
    ],
  },
  {
    line: 'compare good.json --prices own-twice.json',
    says: [
      'tricloud: own-twice.json:1:25: duplicate key "aws-lambda", first at 1:3',
      see('compare'),
    ],
  },
  {
    line: 'compare good.json --prices own-wrong.json',
    says: [
      expect.stringMatching(/^own-wrong\.json: aws-lamda .*"aws-lambda" may be meant/),
      expect.stringMatching(
        /^own-wrong\.json: .*aws-ec2\/t3\.smal.*"aws-ec2\/t3\.small" may be meant/,
      ),
      expect.stringMatching(/^own-wrong\.json: aws-lambda .*"12%".*"-12%"/),
      'hint: such as { "aws-lambda": "-12%", "aws-ec2/t3.small@us-east-1": "0.0116" }',
    ],
  },
  {
    line: 'compare good.json --prices array.json',
    says: [
      expect.stringMatching(/^array\.json: The own prices are an empty array/),
      'hint: such as { "aws-lambda": "-12%", "aws-ec2/t3.small@us-east-1": "0.0116" }',
    ],
  },
  {
    line: 'compare good.json --prices none.json',
    says: ['tricloud: none.json does not exist', lookedHere],
  },
  {
    line: 'compare good.json --prices',
    says: ['tricloud: --prices needs a value', see('compare')],
  },
  {
    line: 'compare good.json --place singapor',
    says: [
      'tricloud: --place takes a place such as singapore, not "singapor"',
      'hint: did you mean --place singapore?',
    ],
  },
  {
    line: 'compare good.json --place mars',
    says: ['tricloud: --place takes a place such as singapore, not "mars"', see('compare')],
  },
  {
    line: 'compare good.json --commitment 3y',
    says: ['tricloud: --commitment takes none or 1y, not "3y"', 'hint: such as --commitment 1y'],
  },
  {
    line: 'compare good.json --redundancy -1',
    says: ['tricloud: --redundancy takes 1 or 2, not "-1"', 'hint: such as --redundancy 1'],
  },
  {
    line: 'compare good.json --arrivals poisson',
    says: [
      'tricloud: --arrivals takes random or even, not "poisson"',
      'hint: such as --arrivals even',
    ],
  },
  {
    line: 'compare good.json --as-of 2026-02-30',
    says: ['tricloud: --as-of takes a day such as 2026-11-22, not "2026-02-30"', see('compare')],
  },
  {
    line: 'compare good.json --json --all',
    says: [
      'tricloud: --json and --all exclude each other',
      'hint: the JSON has everything that --all prints; --sensitivity adds the changes',
    ],
  },
  {
    line: 'compare good.json --include-legacy=no',
    says: ['tricloud: --include-legacy takes no value', see('compare')],
  },
  {
    line: 'compare good.json --includelegacy',
    says: [
      'tricloud: compare has no option --includelegacy',
      'hint: did you mean --include-legacy?',
    ],
  },
  {
    line: 'bill twice.json --prices own-wrong.json',
    says: [
      expect.stringMatching(/^own-wrong\.json: aws-lamda /),
      expect.stringMatching(/^own-wrong\.json: /),
      expect.stringMatching(/^own-wrong\.json: aws-lambda /),
      'hint: such as { "aws-lambda": "-12%", "aws-ec2/t3.small@us-east-1": "0.0116" }',
    ],
  },
  {
    line: 'bill twice.json',
    says: ['tricloud: twice.json:5:3: duplicate key "durationMs", first at 3:3', see('bill')],
  },
  {
    line: 'compare array.json',
    says: [
      expect.stringMatching(/^array\.json: .*array/),
      'hint: tricloud compare --help lists the fields of a workload',
    ],
  },
  {
    line: 'compare wrong.json',
    says: [
      expect.stringMatching(/^wrong\.json: cores .*2/),
      expect.stringMatching(/^wrong\.json: requestsPerMonth .*-1/),
      expect.stringMatching(/^wrong\.json: durationMs .*"fast"/),
      expect.stringMatching(/^wrong\.json: region\.aws .*"mars-1".*us-east-1/),
      'hint: tricloud compare --help lists the fields of a workload',
    ],
  },
  {
    line: 'compare good.json --region aws',
    says: [
      'tricloud: --region takes provider=region, not "aws"',
      'hint: such as --region aws=us-east-1,google=us-central1,azure=eastus',
    ],
  },
  {
    line: 'compare good.json --region gogle=us-central1',
    says: [
      'tricloud: --region takes aws, google or azure, not "gogle"',
      'hint: did you mean google?',
    ],
  },
  {
    line: 'compare good.json --region aws=us-east-1,aws=us-west-2',
    says: ['tricloud: --region gives aws two regions', see('compare')],
  },
  {
    line: 'compare good.json --region azure=moon',
    says: [
      expect.stringMatching(/^good\.json: region\.azure .*"moon".*eastus/),
      'hint: tricloud compare --help lists the fields of a workload',
    ],
  },
  {
    line: 'compare good.json --lang fr',
    says: ['tricloud: --lang takes en or vi, not "fr"', 'hint: such as --lang vi'],
  },
  {
    line: 'parity --aws ftp://example.com',
    says: [
      'tricloud: --aws takes an http or https URL, not "ftp://example.com"',
      'hint: such as --aws https://example.com',
    ],
  },
  {
    line: 'parity --google example.com',
    says: [
      'tricloud: --google takes an http or https URL, not "example.com"',
      'hint: such as --google https://example.com',
    ],
  },
  {
    line: 'azure-host',
    says: ['tricloud: azure-host needs an app folder', see('azure-host')],
  },
  { line: 'azure-host none', says: ['tricloud: none does not exist', lookedHere] },
  {
    line: 'azure-host good.json',
    says: ['tricloud: good.json is a file, not an app folder', see('azure-host')],
  },
  {
    line: 'azure-host . --port x',
    says: ['tricloud: --port must be a port number from 0 to 65535, not "x"', see('azure-host')],
  },
  {
    line: 'dev --port-aws 0x10',
    says: ['tricloud: --port-aws must be a port number from 0 to 65535, not "0x10"', see('dev')],
  },
  {
    line: 'dev',
    env: { TRICLOUD_PORT_CONSOLE: ' ' },
    says: [
      'tricloud: TRICLOUD_PORT_CONSOLE must be a port number from 0 to 65535, not " "',
      see('dev'),
    ],
  },
  {
    line: 'compare ',
    says: ['tricloud: compare needs a workload file', see('compare')],
  },
  {
    line: 'compare loop.json',
    says: ['tricloud: loop.json cannot be read (ELOOP)', see('compare')],
  },
  {
    line: `compare ${'a'.repeat(300)}`,
    says: [`tricloud: ${'a'.repeat(300)} cannot be read (ENAMETOOLONG)`, see('compare')],
  },
  { line: 'compare \u001b[31mred.json', says: ['tricloud: red.json does not exist', lookedHere] },
  {
    line: 'constructor',
    says: ['tricloud: unknown command constructor', 'hint: tricloud --help lists the commands'],
  },
  {
    line: 'azure-host no-app',
    says: [
      'tricloud: no-app holds no function app: no host.json, no package.json',
      see('azure-host'),
    ],
  },
  {
    line: 'azure-host bad-host --port 0',
    says: [expect.stringMatching(/^tricloud: .*host\.json/), see('azure-host')],
  },
  {
    line: 'azure-host bad-manifest --port 0',
    says: [
      expect.stringMatching(/^tricloud: bad-manifest\/package\.json:\d:\d+: not JSON: /),
      see('azure-host'),
    ],
  },
  {
    line: 'dev --port-aws -1',
    says: ['tricloud: --port-aws must be a port number from 0 to 65535, not "-1"', see('dev')],
  },
  {
    line: 'azure-host bad-port',
    says: [
      expect.stringMatching(/^tricloud: "Host\.LocalHttpPort" in .* must be a port/),
      see('azure-host'),
    ],
  },
];

test.concurrent.each(bad)('refuses: tricloud $line', async ({ line, env, says }) => {
  const { code, stdout, stderr } = await tricloud(line.split(' '), {
    cwd: folder,
    ...(env === undefined ? {} : { env }),
  });
  const lines = stderr.trimEnd().split('\n');

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(lines).toEqual(says);
});

test('no command at all is shown what there is', async () => {
  const { code, stdout, stderr } = await tricloud([]);

  expect({ code, stdout, said: stderr.split('\n')[2] }).toEqual({
    code: 2,
    stdout: '',
    said: 'Usage: tricloud <command> [options]',
  });
});

test('an address where nothing answers is one fault, not a table of them', async () => {
  const { code, stdout, stderr } = await tricloud(['parity', '--aws', 'http://127.0.0.1:1']);

  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'tricloud: --aws http://127.0.0.1:1 does not answer: ECONNREFUSED\n' +
      'hint: tricloud parity without a URL starts runtimes of its own\n',
  });
});
