import { describe, expect, test } from 'vitest';
import type { Target } from '../engine/target.ts';
import { settingsHash, toParameters } from './parameters.ts';
import { makePlan } from './plan.ts';
import { template } from './template.ts';

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
const archive = {
  bytes: Buffer.from('zip'),
  files: [{ path: 'index.mjs', size: 3 }],
  sha256: 'ab'.repeat(32),
  sourceMaps: [],
};

describe('the plan for Azure', () => {
  test('shows the four requests, and no secret', () => {
    const { requests } = makePlan(target, archive, { env: {} });
    expect(requests.map(({ call }) => call)).toEqual([
      'PUT https://management.azure.com/subscriptions/<subscription>/resourcegroups/shop-prod?api-version=2025-03-01',
      'PUT https://management.azure.com/subscriptions/<subscription>/resourcegroups/shop-prod/providers/Microsoft.Resources/deployments/tricloud?api-version=2025-03-01',
      expect.stringMatching(
        /^PUT https:\/\/st<.*>\.blob\.core\.windows\.net\/releases\/(?:ab){32}\.zip$/,
      ),
      expect.stringMatching(
        /^POST https:\/\/shop-prod-<.*>\.scm\.azurewebsites\.net\/api\/publish\?RemoteBuild=false&Deployer=tricloud$/,
      ),
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

  test('explains every name that Azure alone knows', () => {
    const plan = makePlan(target, archive, { env: {} });
    const { placeholders, ...rest } = plan;
    const used = JSON.stringify([rest.resources, rest.requests, rest.permissions]);
    expect(placeholders.map(({ name }) => name)).toEqual([
      '<unique>',
      '<deployer>',
      '<subscription>',
    ]);
    expect(placeholders.filter(({ name }) => !used.includes(name))).toEqual([]);
    const known = makePlan(target, archive, { env: { AZURE_SUBSCRIPTION_ID: 'its-id' } });
    expect(known.placeholders.map(({ name }) => name)).toEqual(['<unique>', '<deployer>']);
    expect(known.requests[0]?.call).toContain('/subscriptions/its-id/');
  });

  test('names every resource of the template, and who may do what', () => {
    const { resources, permissions } = makePlan(target, archive, { env: {} });
    const planned = resources.map(({ type }) => type).toSorted();
    const made = [
      'Microsoft.Resources/resourceGroups',
      ...template.resources.map(({ type }) => type),
    ];
    expect(planned).toEqual(made.toSorted());
    expect(permissions.map(({ who, actions }) => `${who}: ${actions.join()}`)).toEqual([
      'the app’s own identity: Storage Blob Data Owner',
      'the app’s own identity: Monitoring Metrics Publisher',
      'whoever deploys: Storage Blob Data Contributor',
    ]);
  });

  test('says what Azure cannot do', () => {
    expect(makePlan(target, archive, { env: {} }).limitations).toEqual([]);
    const vault = 'https://my-vault.vault.azure.net/secrets/';
    const asked = { ...target, timeoutSeconds: 600, secrets: { A: `${vault}a`, B: `${vault}b` } };
    expect(makePlan(asked, archive, { env: {} }).limitations).toEqual([
      'an HTTP answer after 230 s reaches nobody: Azure’s load balancer has closed the connection by then, though the function runs on for 600 s',
      expect.stringMatching(
        /^give the app access to the vault my-vault, which is yours: az role assignment create --role "Key Vault Secrets User" /,
      ),
    ]);
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
