import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noAccount } from './no-account.ts';
import { root, tricloud } from './tricloud.ts';

const workload = join('examples', 'workloads', 'shop-api.json');
const all = ['plan', 'aws', 'google', 'azure'];
const env = noAccount;

interface Document {
  readonly cloud: 'aws' | 'google' | 'azure';
  readonly deploymentPackage: {
    readonly files: readonly { readonly path: string; readonly size: number }[];
    readonly size: number;
    readonly sha256: string;
  };
  readonly resources: readonly { readonly type: string }[];
  readonly permissions: readonly { readonly who: string; readonly actions: readonly string[] }[];
  readonly requests: readonly { readonly call: string; readonly body: unknown }[];
  readonly placeholders: readonly { readonly name: string }[];
  readonly cost: { readonly workload: string; readonly bill: { readonly totalUsd: string } };
  readonly differences: unknown;
  readonly differencesUnknownBecause: string;
}

const toDocuments = (stdout: string): readonly Document[] => JSON.parse(stdout);

let outcomes: readonly unknown[] = [];
let text = '';
let documents: readonly Document[] = [];

beforeAll(async () => {
  const [printed, asJson] = await Promise.all([
    tricloud([...all, '--workload', workload], { env }),
    tricloud([...all, '--workload', workload, '--offline', '--json'], { env }),
  ]);
  outcomes = [printed, asJson].map(({ code, stderr }) => ({ code, stderr }));
  text = printed.stdout;
  documents = toDocuments(asJson.stdout);
});

describe('a plan of all three without an account', () => {
  test('has a plan of each, in the usual order', () => {
    expect(outcomes).toEqual([
      { code: 0, stderr: '' },
      { code: 0, stderr: '' },
    ]);
    expect(text.match(/^\w+: .*$/gm)).toEqual([
      'aws: tricloud-dev in us-east-1',
      'google: tricloud-dev in us-central1',
      'azure: tricloud-dev in eastus',
    ]);
    expect(documents.map(({ cloud }) => cloud)).toEqual(['aws', 'google', 'azure']);
    expect(text.match(/what is deployed is unknown: .*/g)).toEqual(
      Array.from({ length: 3 }, () => 'what is deployed is unknown: no credentials were found'),
    );
    expect(documents.map((each) => [each.differences, each.differencesUnknownBecause])).toEqual(
      Array.from({ length: 3 }, () => [null, '--offline']),
    );
  });

  test.each([
    ['aws', 0, ['CloudFormation::Stack', 'S3::Bucket', 'S3::BucketPolicy', 'Logs::LogGroup']],
    ['aws', 0, ['IAM::Role', 'Lambda::Function', 'Lambda::Permission']],
    ['aws', 0, ['Api', 'Stage', 'Integration', 'Route'].map((kind) => `ApiGatewayV2::${kind}`)],
    ['google', 1, ['iam.googleapis.com/ServiceAccount', 'cloudfunctions.googleapis.com/Function']],
    ['google', 1, ['run.googleapis.com/Service', 'artifactregistry.googleapis.com/Repository']],
    ['azure', 2, ['Microsoft.Resources/resourceGroups', 'Microsoft.Storage/storageAccounts']],
    ['azure', 2, ['Microsoft.Web/serverfarms', 'Microsoft.Web/sites']],
    ['azure', 2, ['Microsoft.Authorization/roleAssignments', 'Microsoft.Insights/components']],
  ])('names what %s would have (%#)', (cloud, index, types) => {
    const named = documents[index]?.resources.map(({ type }) => type.replace(/^AWS::/, ''));
    expect(named).toEqual(expect.arrayContaining(types));
    for (const type of types) expect(partOf(text, cloud)).toContain(type);
  });

  test('says who may do what, and on AWS nobody everything', () => {
    for (const { cloud, permissions } of documents) {
      expect(permissions.length).toBeGreaterThan(1);
      for (const { who } of permissions) expect(partOf(text, cloud)).toContain(who.split(' ')[0]);
    }
    const granted = documents[0]?.permissions.filter(({ who }) => !who.startsWith('nobody'));
    expect(granted?.flatMap(({ actions }) => actions)).toEqual([
      'sts:AssumeRole',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'lambda:InvokeFunction',
    ]);
    expect(text).toContain('nobody over plain HTTP: s3:* on arn:aws:s3:::<bucket>');
  });

  test('says what a month of the workload costs, and tells figures of one name apart', () => {
    const totals = documents.map(({ cost }) => Number(cost.bill.totalUsd).toFixed(2));
    expect(text.match(/a month of .*: [\d.]+ USD/g)).toEqual(
      totals.map((total) => `a month of ${workload}: ${total} USD`),
    );
    expect(partOf(text, 'aws')).toMatch(/^ {4}requests .* 0\.40 USD$/m);
    expect(partOf(text, 'aws')).toMatch(/^ {4}HTTP API requests .* 3\.00 USD$/m);
  });

  test.each([
    ['aws', 120, ['index.mjs', 'package.json']],
    ['google', 128, ['index.mjs', 'package.json']],
    ['azure', 170, ['host.json', 'index.mjs', 'package.json']],
  ] as const)(
    'the deployment package of %s takes %d kB at most, and its size is printed',
    (cloud, kB, files) => {
      const deploymentPackage = documents.find((each) => each.cloud === cloud)?.deploymentPackage;
      expect(deploymentPackage?.files.map(({ path }) => path)).toEqual(
        expect.arrayContaining([...files]),
      );
      expect(
        deploymentPackage?.files.filter(({ path }) => /\.map$|node_modules/.test(path)),
      ).toEqual([]);
      expect(deploymentPackage?.size).toBeLessThanOrEqual(kB * 1000);
      expect(partOf(text, cloud)).toContain(
        `deployment package: ${((deploymentPackage?.size ?? 0) / 1000).toFixed(1)} kB`,
      );
      expect(partOf(text, cloud)).toContain(deploymentPackage?.sha256);
    },
  );

  test('explains every name in it that only the provider knows, and no other', () => {
    for (const { cloud, placeholders } of documents) {
      const [, printed = ''] = /([\s\S]*?)\n {2}<[^\n]*>: /.exec(partOf(text, cloud)) ?? [];
      const used = new Set(printed.match(/<[a-z]+>/g));
      const explained = new Set(placeholders.map(({ name }) => name));
      expect([...used].filter((name) => !explained.has(name))).toEqual([]);
    }
    expect(text).not.toMatch(/\$\{/);
  });

  test('shows the requests whole where that is asked', async () => {
    const { stdout } = await tricloud([...all, '--offline', '--requests'], { env });
    expect(partOf(stdout, 'aws')).toMatch(/UpdateStack/);
    expect(partOf(stdout, 'google')).toContain('"entryPoint"');
    expect(partOf(stdout, 'azure')).toContain('"functionAppConfig"');
    expect(text).not.toContain('"entryPoint"');
  });

  test('lets no line but a name or a link be wider than a screen', async () => {
    const { stdout } = await tricloud(['plan', 'azure', '--offline'], { env });
    const wide = stdout.split('\n').filter((line) => line.length > 120);
    expect(wide.filter((line) => !/\S{60}/.test(line))).toEqual([]);
  });
});

test('the same source gives the same bytes and the same plan, from another folder and time zone too', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'tricloud-elsewhere-'));
  try {
    const { stdout } = await tricloud(
      [...all, '--workload', join(root, workload), '--offline', '--json'],
      { cwd: elsewhere, env: { ...env, TZ: 'Pacific/Kiritimati', LANG: 'vi_VN.UTF-8' } },
    );
    const withoutFile = (plans: readonly Document[]) =>
      plans.map((each) => ({ ...each, cost: each.cost.bill }));
    expect(withoutFile(toDocuments(stdout))).toEqual(withoutFile(documents));
  } finally {
    await rm(elsewhere, { recursive: true });
  }
});

describe('settings', () => {
  let dir = '';
  beforeAll(async () => {
    dir = await mkdtemp(join(root, 'node_modules', '.cache', 'tricloud-settings-'));
    await mkdir(join(dir, 'shop'));
  });
  afterAll(() => rm(dir, { recursive: true }));

  const settingsOf = async (args: readonly string[], cwd = dir) => {
    const { code, stdout, stderr } = await tricloud(['plan', ...args, '--offline', '--json'], {
      cwd,
      env,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout).map(({ settings }: { settings: unknown }) => settings);
  };

  test('of tricloud.json are taken where the command is typed, and flags stand before them', async () => {
    await writeFile(
      join(dir, 'shop', 'tricloud.json'),
      JSON.stringify({
        name: 'shop',
        memoryMiB: 512,
        environment: { MODE: 'live', COLOUR: 'red' },
        secrets: { DATABASE: { google: 'database:1' } },
        google: { region: 'europe-west1', project: 'my-shop' },
      }),
    );
    await writeFile(join(dir, 'shop', 'live.env'), 'COLOUR=green\nSIZE=large\n');
    const args = ['google', '--stage', 'live', '--timeout', '20', '--env', 'live.env'];
    const flags = ['--set', 'MODE=a=b', '--secret', 'STRIPE=stripe:3', '--concurrency=4'];
    expect(await settingsOf([...args, ...flags, '--memory', '2048'], join(dir, 'shop'))).toEqual([
      {
        cloud: 'google',
        name: 'shop',
        stage: 'live',
        region: 'europe-west1',
        memoryMiB: 2048,
        vcpu: null,
        architecture: 'x86_64',
        timeoutSeconds: 20,
        concurrency: 4,
        maxInstances: null,
        account: 'my-shop',
        auth: 'none',
        invokers: [],
        throttle: null,
        buildAccount: null,
        environment: ['MODE', 'COLOUR', 'SIZE'],
        secrets: ['DATABASE', 'STRIPE'],
      },
    ]);
  });

  test('of vCPU and architecture hold for every cloud', async () => {
    const printed = await settingsOf(['aws,google', '--vcpu', '.5', '--architecture', 'arm64']);
    expect(printed).toMatchObject([
      { cloud: 'aws', vcpu: 0.5, architecture: 'arm64' },
      { cloud: 'google', vcpu: 0.5, architecture: 'arm64' },
    ]);
  });

  test('give each cloud its own region', async () => {
    const regions = 'azure=westeurope,aws=eu-west-1';
    const printed = await settingsOf(['aws,azure', 'aws', '--region', regions]);
    expect(printed).toMatchObject([
      { cloud: 'aws', region: 'eu-west-1' },
      { cloud: 'azure', region: 'westeurope' },
    ]);
  });

  test('can put another function in place of ours', async () => {
    const hello = join(root, 'examples', 'hello', 'function.ts');
    const { code, stdout } = await tricloud([...all, '--offline', '--json', '--function', hello], {
      env,
    });
    expect(code).toBe(0);
    const theirs = toDocuments(stdout);
    expect(theirs.map(({ cloud }) => cloud)).toEqual(['aws', 'google', 'azure']);
    for (const [index, { deploymentPackage }] of theirs.entries()) {
      expect(deploymentPackage.sha256).not.toBe(documents[index]?.deploymentPackage.sha256);
      expect(deploymentPackage.size).toBeLessThan(documents[index]?.deploymentPackage.size ?? 0);
    }
  });

  test('leave nothing where the command is typed', async () => {
    await settingsOf(['aws']);
    expect(await readdir(dir)).toEqual(['shop']);
  });
});

/** The output of one cloud. */
function partOf(printed: string, cloud: string): string {
  return printed.split(/^(?=\w+: tricloud-dev)/m).find((part) => part.startsWith(cloud)) ?? '';
}
