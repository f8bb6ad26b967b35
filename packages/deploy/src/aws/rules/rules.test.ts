import { describe, expect, test } from 'vitest';
import type { Target } from '../../engine/target.ts';
import { brokenRules } from '../../engine/rules.ts';
import { rules } from './rules.ts';

const target: Target = {
  cloud: 'aws',
  name: 'shop',
  stage: 'dev',
  region: 'ap-southeast-1',
  memoryMiB: 256,
  vcpu: null,
  architecture: 'x86_64',
  timeoutSeconds: 29,
  concurrency: 1,
  maxInstances: null,
  environment: {},
  secrets: {},
  account: null,
  auth: 'none',
  invokers: [],
  throttle: null,
  buildAccount: null,
};
/** Bytes of the variable that holds the deployment's id, with its comma. */
const idSize = ',"TRICLOUD_DEPLOYMENT_ID":""'.length + 16;
const paths = (changed: Partial<Target>) =>
  brokenRules(rules, { ...target, ...changed }).map(({ path }) => path);

describe('AWS’s rules', () => {
  test.each<[Partial<Target>, readonly string[], string]>([
    [{}, [], 'nothing broken'],
    [{ name: 'Shop-2', stage: 'PR-17' }, [], 'capitals, digits and hyphens'],
    [{ name: '2shop' }, ['name'], 'a digit first'],
    [{ name: 'my_shop' }, ['name'], 'an underscore'],
    [{ name: 'shop\n' }, ['name'], 'a line’s end'],
    [{ name: '' }, ['name'], 'no name'],
    [{ name: 's' }, ['name'], 'one letter, too short'],
    [{ stage: 'dev.1' }, ['stage'], 'a dot in the stage'],
    [{ stage: '' }, ['stage'], 'no stage'],
    [{ name: 'a'.repeat(61) }, ['name'], '65 characters of function'],
    [{ region: 'us-esat-1' }, ['region'], 'a slip of the pen'],
    [{ region: 'eu-west-1a' }, ['region'], 'a zone'],
    [{ region: 'cn-north-1' }, [], 'another partition'],
    [{ memoryMiB: 127 }, ['memoryMiB'], 'too little memory'],
    [{ memoryMiB: 128 }, [], 'the least memory'],
    [{ memoryMiB: 10_240 }, [], 'the most memory'],
    [{ memoryMiB: 10_241 }, ['memoryMiB'], 'too much memory'],
    [{ memoryMiB: 128.5 }, ['memoryMiB'], 'half a MiB'],
    [{ timeoutSeconds: 0 }, ['timeoutSeconds'], 'no time'],
    [{ timeoutSeconds: 900 }, [], 'the longest time'],
    [{ timeoutSeconds: 901 }, ['timeoutSeconds'], 'too long'],
    [{ concurrency: 80 }, [], 'what the plan says that AWS cannot'],
    [{ concurrency: 0 }, ['concurrency'], 'no request at all'],
    [{ throttle: { rate: 0, burst: 1 } }, ['throttle'], 'no request at all'],
    [{ throttle: { rate: 1, burst: 0.5 } }, ['throttle'], 'half a request'],
    [{ throttle: { rate: 1, burst: 1 } }, [], 'the least throttle'],
    [{ maxInstances: 0 }, ['maxInstances'], 'a function that nobody can call'],
    [{ environment: { AWS_REGION: 'x' } }, ['environment.AWS_REGION'], 'a name of Lambda’s'],
    [{ environment: { A: 'x' } }, ['environment.A'], 'one letter'],
    [{ environment: { '1A': 'x' } }, ['environment.1A'], 'a digit first'],
    [{ environment: { 'A-B': 'x' } }, ['environment.A-B'], 'a hyphen'],
    [{ environment: { AB: 'x'.repeat(4096 - 9 - idSize) } }, [], '4 KB of variables'],
    [{ environment: { AB: 'x'.repeat(4096 - 8 - idSize) } }, ['environment'], 'a byte more'],
    [
      { environment: { AB: '{{resolve:ssm:x}}' } },
      ['environment.AB'],
      'a value that would be replaced',
    ],
    [
      { environment: { AB: 'a' }, secrets: { AB: '{{resolve:secretsmanager:x}}' } },
      ['secrets.AB'],
      'twice',
    ],
    [
      { secrets: { AB: '{{resolve:secretsmanager:shop/db:SecretString:url}}' } },
      [],
      'a key of a secret',
    ],
    [
      {
        secrets: {
          AB: '{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbC123}}',
        },
      },
      [],
      'an ARN',
    ],
    [{ secrets: { AB: 'hunter2' } }, ['secrets.AB'], 'the secret itself'],
    [
      { secrets: { AB: '{{resolve:secretsmanager:x}} {{resolve:ssm:y}}' } },
      ['secrets.AB'],
      'two at once',
    ],
  ])('for %j break at %j: %s', (changed, broken, _why) => {
    expect(paths(changed)).toEqual(broken);
  });

  test('say what would be right and where AWS says so, and never repeat a secret', () => {
    const broken = brokenRules(rules, { ...target, memoryMiB: 64, secrets: { KEY: 'hunter2' } });
    expect(broken).toEqual([
      {
        path: 'memoryMiB',
        value: 64,
        rule: 'a whole number of MiB from 128 to 10240',
        source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html',
      },
      {
        path: 'secrets.KEY',
        value: '(not shown)',
        rule: expect.stringContaining('{{resolve:secretsmanager:'),
        source: expect.stringContaining('https://docs.aws.amazon.com/AWSCloudFormation/'),
      },
    ]);
  });

  test('for the name of the role count the region', () => {
    const name = 'a'.repeat(64 - '-dev-ap-southeast-1-lambdaRole'.length);
    expect(paths({ name })).toEqual([]);
    expect(paths({ name: `${name}a` })).toEqual(['name']);
    expect(paths({ name: `${name}a`, region: 'us-east-1' })).toEqual([]);
  });
});
