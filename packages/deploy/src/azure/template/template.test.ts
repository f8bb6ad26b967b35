import { describe, expect, test } from 'vitest';
import { deploymentId, deploymentIdVariable } from '../../engine/deployment-id.ts';
import { makePlan } from '../../engine/make-plan.ts';
import type { Target } from '../../engine/target.ts';
import template from './arm-template.json' with { type: 'json' };
import { deploymentBody, settingsHash, toParameters } from './parameters.ts';
import { describe as describePlan } from './template.ts';

const target: Target = {
  cloud: 'azure',
  name: 'shop',
  stage: 'prod',
  region: 'westeurope',
  memoryMiB: 512,
  vcpu: null,
  architecture: 'x86_64',
  timeoutSeconds: 230,
  concurrency: 4,
  maxInstances: null,
  environment: { GREETING: 'hello', API_TOKEN: 'planted-token' },
  secrets: {},
  account: null,
  auth: 'none',
  invokers: [],
  throttle: null,
  buildAccount: null,
};
const deploymentPackage = {
  bytes: Buffer.from('zip'),
  files: [{ path: 'index.mjs', size: 3 }],
  sha256: 'ab'.repeat(32),
  sourceMaps: [],
};

function plan(of: Target = target, env = {}) {
  const driver = { id: 'azure', template: { describe: describePlan } } as const;
  return makePlan(driver, of, deploymentPackage, { env });
}

describe('the plan for Azure', () => {
  test('shows the five requests, and no secret', async () => {
    const { requests } = await plan();
    expect(requests.map(({ call }) => call)).toEqual([
      'PUT https://management.azure.com/subscriptions/<subscription>/resourcegroups/shop-prod?api-version=2025-03-01',
      'PUT https://management.azure.com/subscriptions/<subscription>/resourcegroups/shop-prod/providers/Microsoft.Resources/deployments/tricloud?api-version=2025-03-01',
      expect.stringMatching(
        /^PUT https:\/\/st<.*>\.blob\.core\.windows\.net\/releases\/(?:ab){32}\.zip$/,
      ),
      expect.stringMatching(
        /^POST https:\/\/shop-prod-<.*>\.scm\.azurewebsites\.net\/api\/publish\?RemoteBuild=false&Deployer=tricloud$/,
      ),
      expect.stringMatching(/^POST .*\/sites\/shop-prod-<.*>\/syncfunctiontriggers\?api-version=/),
    ]);
    expect(requests[0]?.body).toEqual({ location: 'westeurope', tags: { tricloud: 'shop-prod' } });
    expect(requests[1]?.body).toMatchObject({
      properties: {
        mode: 'Incremental',
        template,
        parameters: { environment: { value: { GREETING: 'hello', API_TOKEN: '[redacted]' } } },
      },
    });
    expect(JSON.stringify(requests)).not.toContain('planted-token');
  });

  test('explains every name that Azure alone knows', async () => {
    const { placeholders, ...rest } = await plan();
    const used = JSON.stringify([rest.resources, rest.requests, rest.permissions]);
    expect(placeholders.map(({ name }) => name)).toEqual([
      '<unique>',
      '<deployer>',
      '<subscription>',
    ]);
    expect(placeholders.filter(({ name }) => !used.includes(name))).toEqual([]);
    const known = await plan(target, { AZURE_SUBSCRIPTION_ID: 'its-id' });
    expect(known.placeholders.map(({ name }) => name)).toEqual(['<unique>', '<deployer>']);
    expect(known.requests[0]?.call).toContain('/subscriptions/its-id/');
  });

  test('names every resource of the template, and who may do what', async () => {
    const { resources, permissions } = await plan();
    const planned = resources.map(({ type }) => type).toSorted();
    const made = [
      'Microsoft.Resources/resourceGroups',
      ...template.resources.map(({ type }) => type),
    ];
    expect(planned).toEqual(made.toSorted());
    expect(permissions.map(({ who, actions }) => `${who}: ${actions.join()}`)).toEqual([
      'the app’s own identity: Storage Blob Data Owner',
      'the app’s own identity: Monitoring Metrics Publisher',
      'the deployer: Storage Blob Data Contributor',
    ]);
  });

  test('says what Azure cannot do', async () => {
    expect((await plan()).limitations).toEqual([]);
    const vault = 'https://my-vault.vault.azure.net/secrets/';
    const asked = { ...target, timeoutSeconds: 600, secrets: { A: `${vault}a`, B: `${vault}b` } };
    expect((await plan(asked)).limitations).toEqual([
      'an HTTP response later than 230 s does not reach the client: Azure’s load balancer closes the connection, although the function runs for up to 600 s',
      expect.stringMatching(
        /^give the app access to your vault my-vault after its first deployment: az role assignment create --role "Key Vault Secrets User" /,
      ),
    ]);
  });
});

describe('who can call the function', () => {
  test.each([
    ['none', 'everyone'],
    ['iam', 'only callers with a function key'],
  ] as const)('with --auth %s: %s', async (auth, who) => {
    expect((await plan({ ...target, auth, maxInstances: 40 })).access).toBe(
      `${who} can call it; at most 40 instances run, each with 4 requests at once at most`,
    );
    expect(toParameters({ ...target, auth }).settings.TRICLOUD_AUTH).toBe(auth);
  });
});

describe('the deployment’s id', () => {
  test('is a variable, and no part of the hash', async () => {
    const { requests } = await plan();
    const id = deploymentId(target, deploymentPackage);
    const settings = { value: { [deploymentIdVariable]: id, AzureWebJobsDisableHomepage: 'true' } };
    expect(requests[1]?.body).toMatchObject({ properties: { parameters: { settings } } });
    const principal = { objectId: 'me', type: 'User' } as const;
    const { properties } = deploymentBody(target, principal, null);
    expect(JSON.stringify(properties)).not.toContain(deploymentIdVariable);
  });
});

describe('the hash of the settings', () => {
  test('is the same for the same, whatever the order', () => {
    const turned = { API_TOKEN: 'planted-token', GREETING: 'hello' };
    expect(settingsHash({ ...target, environment: turned })).toBe(settingsHash(target));
  });

  test.each<[string, Partial<Target>]>([
    ['memory', { memoryMiB: 2048 }],
    ['the time-out', { timeoutSeconds: 10 }],
    ['the concurrency', { concurrency: 5 }],
    ['the instances', { maxInstances: 3 }],
    ['who can call it', { auth: 'iam' }],
    ['a variable', { environment: { GREETING: 'bye' } }],
    ['a secret', { secrets: { A: 'https://my-vault.vault.azure.net/secrets/a' } }],
  ])('is another with %s changed', (_what, changed) => {
    expect(settingsHash({ ...target, ...changed })).not.toBe(settingsHash(target));
  });
});

test.each([
  [1, '00:00:01'],
  [230, '00:03:50'],
  [3661, '01:01:01'],
  [90_061, '1.01:01:01'],
])('a time-out of %i s is %s to the host', (timeoutSeconds, span) => {
  const { settings } = toParameters({ ...target, timeoutSeconds });
  expect(settings['AzureFunctionsJobHost__functionTimeout']).toBe(span);
});
