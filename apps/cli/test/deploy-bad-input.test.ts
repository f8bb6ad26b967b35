import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noAccount } from './no-account.ts';
import { tricloud } from './tricloud.ts';

let folder = '';
const secret = 'hunter2-planted-where-it-does-not-belong';

const files = {
  'faults.json': JSON.stringify({
    nmae: 'shop',
    memoryMiB: '512',
    environment: { MODE: 1 },
    secrets: { A: secret, B: { gcp: secret } },
    aws: { project: 'p' },
    apiKey: secret,
  }),
  'pasted.json': JSON.stringify({ secrets: { KEY: { aws: secret, google: '', azure: secret } } }),
  'broken.json': '{,',
  'list.json': '[]',
  'empty.json': '',
  'no-handler.ts': "export default () => new Response('hello');",
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tricloud-deploy-bad-'));
  await Promise.all(
    Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)),
  );
});
afterAll(() => rm(folder, { recursive: true }));

const see = (command: string) => `hint: tricloud ${command} --help lists what it takes`;
const lookedHere: unknown = expect.stringMatching(/^hint: looked in \/.*tricloud-deploy-bad-/);
const shown = 'hint: tricloud deploy --help shows a config file';
const notSent = 'hint: nothing was sent';
/** The line of a broken rule: what it is of, and where the provider says so. */
const rule = (start: string): unknown =>
  expect.stringMatching(
    new RegExp(`^${start.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}.*\\(https://[^ ]+\\)$`),
  );

const bad: readonly (readonly [line: string, ...says: readonly unknown[]])[] = [
  [
    'plan',
    'tricloud: plan needs a cloud, or more: aws, google, azure',
    'hint: such as tricloud plan aws',
  ],
  [
    'logs',
    'tricloud: logs needs a cloud, or more: aws, google, azure',
    'hint: such as tricloud logs aws',
  ],
  [
    'deploy heroku --yes',
    'tricloud: deploy takes aws, google or azure, not "heroku"',
    see('deploy'),
  ],
  [
    'deploy gcp --yes',
    'tricloud: deploy takes aws, google or azure, not "gcp"',
    'hint: did you mean google?',
  ],
  [
    'remove azur --yes',
    'tricloud: remove takes aws, google or azure, not "azur"',
    'hint: did you mean azure?',
  ],
  ['doctor here', 'tricloud: doctor takes aws, google or azure, not "here"', see('doctor')],
  ['plan aws --memory', 'tricloud: --memory needs a value', see('plan')],
  ['plan aws --memory lots', 'tricloud: --memory must be a whole number, not "lots"', see('plan')],
  ['plan aws --memory -1', 'tricloud: --memory must be a whole number, not "-1"', see('plan')],
  ['plan aws --timeout 1.5', 'tricloud: --timeout must be a whole number, not "1.5"', see('plan')],
  ['plan aws --vcpu 0', 'tricloud: --vcpu must be a number such as 0.5 or 2, not "0"', see('plan')],
  [
    'plan aws --architecture arm',
    'tricloud: --architecture takes x86_64 or arm64, not "arm"',
    'hint: such as --architecture arm64',
  ],
  [
    'plan google --vcpu 4',
    rule('google: vcpu 4: Cloud Run has no 4 vCPU with 512 MiB'),
    see('plan'),
  ],
  ['plan aws --name=', 'tricloud: --name needs a value', see('plan')],
  ['deploy aws --yes=1', 'tricloud: --yes takes no value', see('deploy')],
  ['plan aws --offlien', 'tricloud: plan has no option --offlien', 'hint: did you mean --offline?'],
  ['plan aws --set KEY', 'tricloud: --set takes NAME=VALUE, and this has no =', see('plan')],
  ['plan aws --set =x', 'tricloud: --set takes NAME=VALUE, and this has no name', see('plan')],
  ['plan aws --env missing.env', 'tricloud: missing.env does not exist', lookedHere],
  ['plan aws --config missing.json', 'tricloud: missing.json does not exist', lookedHere],
  ['plan aws --workload missing.json', 'tricloud: missing.json does not exist', lookedHere],
  ['plan aws --function missing.ts', 'tricloud: missing.ts does not exist', lookedHere],
  [
    'plan aws --function no-handler.ts',
    'tricloud: no-handler.ts does not export handler',
    "hint: export const handler = (request) => new Response('hello');",
  ],
  [
    'plan aws --workload list.json',
    expect.stringMatching(/^list\.json: The workload is an empty array/),
    'hint: tricloud compare --help lists the fields of a workload',
  ],
  ['plan aws --config empty.json', 'tricloud: empty.json is empty', see('plan')],
  [
    'plan aws --config broken.json',
    expect.stringMatching(/^tricloud: broken\.json:1:2: not JSON/),
    see('plan'),
  ],
  [
    'plan aws --config list.json',
    expect.stringMatching(/^list\.json: The settings file is an empty array/),
    shown,
  ],
  [
    'plan aws --config faults.json',
    expect.stringMatching(/^faults\.json: nmae is "shop", but there is no such field/),
    expect.stringMatching(/^faults\.json: apiKey is not what it should be \(not shown\)/),
    expect.stringMatching(/^faults\.json: aws\.project is "p", but there is no such field/),
    expect.stringMatching(/^faults\.json: memoryMiB is "512", but must be a whole number/),
    'faults.json: environment.MODE is not what it should be (not shown): must be a text',
    expect.stringMatching(/^faults\.json: secrets\.A is not what it should be \(not shown\)/),
    expect.stringMatching(/^faults\.json: secrets\.B\.gcp is not what it should be \(not shown\)/),
    shown,
  ],
  [
    'plan aws google azure --config pasted.json',
    expect.stringMatching(/^pasted\.json: secrets\.KEY\.google is not what it should be/),
    shown,
  ],
  [
    `deploy aws azure --yes --secret aws:KEY=${secret} --secret azure:KEY=${secret}`,
    rule('aws: secrets.KEY: a reference to a secret in Secrets Manager'),
    rule('azure: secrets.KEY: a secret is a reference into a vault'),
    notSent,
  ],
  [`plan google --secret KEY=${secret}/${secret}`, rule('google: secrets.KEY: '), see('plan')],
  [
    `plan aws google azure --secret aws:KEY=${secret}`,
    'google: secrets.KEY.google is missing, but must be a reference to the secret in google’s own store',
    'azure: secrets.KEY.azure is missing, but must be a reference to the secret in azure’s own store',
    'hint: such as --secret aws:NAME=REFERENCE --secret google:NAME=REFERENCE',
  ],
  [
    `plan aws --secret ${secret}`,
    'tricloud: --secret takes NAME=REFERENCE, and this is something else',
    see('plan'),
  ],
  [
    `plan aws google --secret KEY=${secret}`,
    'tricloud: --secret takes aws:NAME=REFERENCE with several clouds',
    see('plan'),
  ],
  [
    'plan aws google --region us-east-1',
    'tricloud: --region takes provider=region, not "us-east-1"',
    'hint: such as --region aws=us-east-1,google=us-central1,azure=eastus',
  ],
  [
    'plan aws --region us-east-1,us-west-2',
    'tricloud: --region gives aws two regions',
    see('plan'),
  ],
  [
    'plan aws --region us-east1',
    rule('aws: region "us-east1": an AWS region, such as us-east-1, '),
    see('plan'),
  ],
  [
    'plan google --region us-east-1',
    rule('google: region "us-east-1": a region of Cloud Run functions, such as us-east1, '),
    see('plan'),
  ],
  [
    'plan azure --region us-east-1',
    rule('azure: region "us-east-1": one of Azure’s regions as of '),
    see('plan'),
  ],
  [
    'deploy aws google azure --yes --name shop_1 --stage a_b',
    rule('aws: name "shop_1": '),
    rule('aws: stage "a_b": '),
    rule('google: name "shop_1": '),
    rule('google: stage "a_b": '),
    rule('azure: name "shop_1": '),
    rule('azure: stage "a_b": '),
    notSent,
  ],
  [
    'deploy aws google azure --yes --memory 99 --timeout 0 --concurrency 0 --max-instances 0',
    rule('aws: memoryMiB 99: a whole number of MiB from 128 to 10240'),
    rule('aws: timeoutSeconds 0: '),
    rule('aws: concurrency 0: '),
    rule('aws: maxInstances 0: '),
    rule('google: memoryMiB 99: '),
    rule('google: timeoutSeconds 0: '),
    rule('google: concurrency 0: '),
    rule('google: maxInstances 0: '),
    rule('azure: memoryMiB 99: an instance has 512, 2048 or 4096 MiB'),
    rule('azure: timeoutSeconds 0: '),
    rule('azure: concurrency 0: '),
    rule('azure: maxInstances 0: '),
    notSent,
  ],
  ['plan aws --set AWS_REGION=x', rule('aws: environment.AWS_REGION: '), see('plan')],
  ['plan google --set PORT=1', rule('google: environment.PORT: '), see('plan')],
  ['status google --project X', rule('google: project "X": a project id'), see('status')],
  ['remove azure --yes --subscription mine', rule('azure: subscription "mine": '), notSent],
  ['logs aws google', 'tricloud: logs takes one cloud', see('logs')],
  [
    'logs aws --since yesterday',
    'tricloud: --since takes a number and s, m, h or d, not "yesterday"',
    'hint: such as --since 2h',
  ],
];

test.each(bad)(
  'tricloud %s is refused with exit code 2 and what is right',
  async (line, ...says) => {
    const { code, stdout, stderr } = await tricloud(String(line).split(' '), {
      cwd: folder,
      // Whatever would be sent to AWS would find nobody and fail otherwise.
      env: { ...noAccount, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toEqual(says);
    expect(stderr).not.toContain('hunter2');
  },
);

describe('without an interactive terminal', () => {
  test.each(['deploy', 'rollback', 'remove'])(
    '%s takes no input for a yes, and builds and sends nothing',
    async (command) => {
      expect(await tricloud([command, 'aws'], { env: noAccount, input: 'y\n' })).toEqual({
        code: 2,
        signal: null,
        stdout: '',
        stderr: [
          `tricloud: ${command} asks first, and this is not an interactive terminal; pass --yes`,
          `hint: npx tricloud ${command} aws --yes`,
          '',
        ].join('\n'),
      });
    },
  );
});

describe('without an account', () => {
  const cloudsAndLogins = [
    ['aws', 'tricloud: aws: no credentials: ', 'hint: aws configure sso'],
    [
      'google',
      'tricloud: google: no Application Default Credentials: ',
      'hint: gcloud auth application-default login',
    ],
    ['azure', 'tricloud: azure: not signed in to Azure: ', 'hint: az login'],
  ] as const;

  test.each(
    ['deploy', 'status', 'rollback', 'remove'].flatMap((command) =>
      cloudsAndLogins.map((cloud) => [command, ...cloud] as const),
    ),
  )(
    '%s %s says in one line what is missing, and how to sign in',
    async (command, cloud, message, hint) => {
      const yes = command === 'status' ? [] : ['--yes'];
      const { code, stdout, stderr } = await tricloud([command, cloud, ...yes], { env: noAccount });
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      const lines = stderr
        .trimEnd()
        .split('\n')
        .filter((line) => !line.startsWith(`${cloud} `));
      expect(lines).toEqual([expect.stringContaining(message), expect.stringContaining(hint)]);
      expect(lines.filter((line) => line.length > 160)).toEqual([]);
    },
  );

  test('doctor says a line each, and ends with 1', async () => {
    const { code, stdout, stderr } = await tricloud(['doctor', '--json'], { env: noAccount });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const checks: readonly Record<string, string>[] = JSON.parse(stdout);
    expect(checks.filter(({ state }) => state === 'bad')).toEqual([
      {
        about: 'aws',
        name: 'credentials',
        state: 'bad',
        found: expect.any(String),
        mend: expect.stringContaining('aws '),
      },
      {
        about: 'google',
        name: 'credentials',
        state: 'bad',
        found: expect.any(String),
        mend: expect.stringContaining('gcloud '),
      },
      {
        about: 'azure',
        name: 'credentials',
        state: 'bad',
        found: expect.any(String),
        mend: 'az login',
      },
    ]);
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['node', 'npm', 'clock', 'region', 'runtime']),
    );
    expect(checks.filter(({ found = '' }) => found.includes('\n'))).toEqual([]);
  });
});
