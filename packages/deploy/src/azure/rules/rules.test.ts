import { describe, expect, test } from 'vitest';
import { brokenRules as broken } from '../../engine/rules.ts';
import type { Target } from '../../engine/target.ts';
import { rules } from './rules.ts';

const target: Target = {
  cloud: 'azure',
  name: 'tricloud',
  stage: 'dev',
  region: 'eastus',
  memoryMiB: 2048,
  vcpu: null,
  architecture: 'x86_64',
  timeoutSeconds: 230,
  concurrency: 16,
  maxInstances: null,
  environment: {},
  secrets: {},
  account: null,
  auth: 'none',
  invokers: [],
  throttle: null,
  buildAccount: null,
};

const brokenRules = (of: Target) => broken(rules, of);

describe('a target that Azure takes', () => {
  test.each([
    [
      'the smallest',
      { name: 'a', stage: 'b', memoryMiB: 512, timeoutSeconds: 1, concurrency: 1, maxInstances: 1 },
    ],
    [
      'the largest',
      {
        name: 'n'.repeat(23),
        stage: 's'.repeat(22),
        memoryMiB: 4096,
        timeoutSeconds: 90_000,
        concurrency: 1000,
        maxInstances: 1000,
      },
    ],
    ['of a region that opened a while ago', { region: 'indiasouthcentral' }],
    ['with variables', { environment: { A_1: 'x', _b: '' } }],
    [
      'with a secret by its address',
      { secrets: { A: 'https://my-vault.vault.azure.net/secrets/name' } },
    ],
    [
      'with a version of a secret',
      {
        secrets: {
          A: '@Microsoft.KeyVault(SecretUri=https://my-vault.vault.azure.net/secrets/name/0123abcd)',
        },
      },
    ],
    [
      'with a secret by its name',
      { secrets: { A: '@Microsoft.KeyVault(VaultName=my-vault;SecretName=name)' } },
    ],
    ['with a subscription', { account: '00000000-0000-4000-8000-00000000ABCD' }],
  ])('%s', (_why, changed) => {
    expect(brokenRules({ ...target, ...changed })).toEqual([]);
  });
});

describe('a target that Azure refuses', () => {
  test.each<[string, Partial<Target>, string, RegExp]>([
    ['an underscore', { name: 'a_b' }, 'name', /letters, digits and single hyphens/],
    ['an empty name', { name: '' }, 'name', /letters, digits/],
    ['a name that leaves the group', { name: '../x' }, 'name', /letters, digits/],
    ['a hyphen at its end', { stage: 'dev-' }, 'stage', /begins and ends with a letter or digit/],
    ['a name that is too long', { name: 'n'.repeat(43) }, 'name', /46 characters at most, not 47/],
    [
      'a stage that is too long',
      { stage: 's'.repeat(40) },
      'stage',
      /46 characters at most, not 49/,
    ],
    ['a reserved word', { name: 'my-windows-app' }, 'name', /reserved word windows/],
    ['a reserved beginning', { name: 'login-page' }, 'name', /reserved word login/],
    ['a display name', { region: 'West Europe' }, 'region', /as Azure writes it: westeurope$/],
    [
      'another cloud’s region',
      { region: 'us-east-1' },
      'region',
      /one of Azure’s regions as of .* such as eastus/,
    ],
    [
      'a slip in a region',
      { region: 'eastsu' },
      'region',
      /one of Azure’s regions as of .* such as eastus/,
    ],
    ['the government’s region', { region: 'usgovvirginia' }, 'region', /public cloud/],
    ['China’s region', { region: 'chinanorth3' }, 'region', /public cloud/],
    ['another size', { memoryMiB: 1024 }, 'memoryMiB', /512, 2048 or 4096/],
    [
      'no time at all',
      { timeoutSeconds: 0 },
      'timeoutSeconds',
      /a whole number of seconds from 1 to 2147483/,
    ],
    ['half a second', { timeoutSeconds: 1.5 }, 'timeoutSeconds', /a whole number of seconds/],
    [
      'no request at all',
      { concurrency: 0 },
      'concurrency',
      /a whole number of requests from 1 to 1000/,
    ],
    [
      'too many requests',
      { concurrency: 1001 },
      'concurrency',
      /a whole number of requests from 1 to 1000/,
    ],
    [
      'no instance',
      { maxInstances: 0 },
      'maxInstances',
      /a whole number of instances from 1 to 1000/,
    ],
    [
      'a hyphen in a variable',
      { environment: { 'A-B': '' } },
      'environment.A-B',
      /letters, digits and underscores/,
    ],
    [
      'a digit before a variable',
      { secrets: { '1A': 'https://v-1.vault.azure.net/secrets/n' } },
      'secrets.1A',
      /does not begin with a digit/,
    ],
    [
      'the platform’s own',
      { environment: { website_run_from_package: '1' } },
      'environment.website_run_from_package',
      /the platform’s own/,
    ],
    [
      'the host’s storage',
      { environment: { AzureWebJobsStorage: '' } },
      'environment.AzureWebJobsStorage',
      /the platform’s own/,
    ],
    [
      'what Flex refuses',
      { environment: { TZ: 'UTC' } },
      'environment.TZ',
      /refused on Flex Consumption/,
    ],
    [
      'what is set here',
      { environment: { TRICLOUD_REGION: 'x' } },
      'environment.TRICLOUD_REGION',
      /set by the deployment/,
    ],
    [
      'the same name twice',
      { environment: { A: '' }, secrets: { a: 'https://v-1.vault.azure.net/secrets/n' } },
      'secrets.a',
      /^A has this name already/,
    ],
    [
      'a secret itself',
      { secrets: { A: 'hunter2' } },
      'secrets.A',
      /a secret is a reference into a vault/,
    ],
    [
      'what the deployment sets for the entry',
      { environment: { tricloud_auth: 'none' } },
      'environment.tricloud_auth',
      /set by the deployment/,
    ],
    [
      'the deployment’s id',
      { environment: { TRICLOUD_DEPLOYMENT_ID: 'x' } },
      'environment.TRICLOUD_DEPLOYMENT_ID',
      /set by the deployment/,
    ],
    [
      'a vault of another cloud’s',
      { secrets: { A: 'https://my-vault.vault.azure.cn/secrets/n' } },
      'secrets.A',
      /a secret is a reference/,
    ],
    [
      'a vault of another’s',
      { secrets: { A: 'https://evil.example/secrets/n' } },
      'secrets.A',
      /a secret is a reference/,
    ],
    ['a name for a subscription', { account: 'my subscription' }, 'account', /given by its id/],
  ])('%s', (_why, changed, path, rule) => {
    expect(brokenRules({ ...target, ...changed })).toEqual([
      {
        path,
        value: expect.anything(),
        rule: expect.stringMatching(rule),
        source: expect.stringMatching(/^https:\/\/learn\.microsoft\.com\//),
      },
    ]);
  });

  test('does not say the secret again that somebody put in the place of a reference', () => {
    expect(JSON.stringify(brokenRules({ ...target, secrets: { A: 'hunter2' } }))).not.toContain(
      'hunter2',
    );
  });
});
