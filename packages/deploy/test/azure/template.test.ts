import { describe, expect, test } from 'vitest';
import template from '../../src/azure/template/arm-template.json' with { type: 'json' };
import { deploymentContainer, releasesContainer } from '../../src/azure/template/names.ts';
import { deploymentBody } from '../../src/azure/template/parameters.ts';
import { apiVersions } from '../../src/azure/template/versions.ts';
import type { Target } from '../../src/engine/target.ts';
import { evaluateTemplate } from './evaluate.ts';
import { officialKinds, throughOfficialClient } from './official.ts';

const target: Target = {
  cloud: 'azure',
  name: 'shop',
  stage: 'dev',
  region: 'westeurope',
  memoryMiB: 512,
  vcpu: null,
  architecture: 'x86_64',
  timeoutSeconds: 90,
  concurrency: 8,
  maxInstances: 40,
  environment: { GREETING: '[hello]' },
  secrets: { KEY: 'https://my-vault.vault.azure.net/secrets/key' },
  account: null,
  auth: 'none',
  invokers: [],
  throttle: null,
  buildAccount: null,
};
const subscription = '00000000-0000-4000-8000-000000000000';
const principal = { objectId: '22222222-2222-4222-8222-222222222222', type: 'User' } as const;
const body = deploymentBody(target, principal, 'the id of the deployment');
const parameters = Object.fromEntries(
  Object.entries<{ value: unknown }>(body.properties.parameters).map(([name, { value }]) => [
    name,
    value,
  ]),
);
const resources = evaluateTemplate(template, {
  subscription,
  group: 'shop-dev',
  parameters,
  reference: (id) => ({
    primaryEndpoints: { blob: 'https://account.blob.core.windows.net/' },
    ConnectionString: `InstrumentationKey=of ${id.split('/').at(-1)}`,
    identity: { principalId: '33333333-3333-4333-8333-333333333333' },
  }),
});
const group = `/subscriptions/${subscription}/resourceGroups/shop-dev/providers`;
const idOf = ({ type, name, scope }: (typeof resources)[number]) => {
  const [namespace, ...types] = type.split('/');
  const names = name.split('/');
  const path = types.flatMap((each, index) => [each, names[index]]).join('/');
  return scope === undefined
    ? `${group}/${namespace}/${path}`
    : `${scope}/providers/${namespace}/${path}`;
};
const bodyOf = ({
  type: _type,
  apiVersion: _apiVersion,
  name: _name,
  dependsOn: _dependsOn,
  scope: _scope,
  comments: _comments,
  ...rest
}: (typeof resources)[number]) => rest;
const readable = resources.filter(({ type }) => officialKinds.includes(type));

function byType(type: string) {
  return resources.find((each) => each.type === type);
}

describe('the template of Azure', () => {
  test.each(readable.map((each) => [`${each.type} ${each.name}`, each] as const))(
    'has of %s what the official client knows, and nothing besides',
    async (_name, resource) => {
      const { body: read, apiVersion } = await throughOfficialClient(
        resource.type,
        bodyOf(resource),
      );
      // The client writes its own defaults beside what it read.
      const { location: _location, ...known } = bodyOf(resource);
      // Resource Manager asks every resource of a template for its region; this client does not know that.
      const isUnknown = resource.type.endsWith('CredentialsPolicies');
      expect(read).toMatchObject(isUnknown ? known : bodyOf(resource));
      expect(resource.apiVersion).toBe(apiVersion);
    },
  );

  test('would be caught with a property that Azure does not have', async () => {
    const site = {
      location: 'eastus',
      properties: { functionAppConfig: { runtime: { name: 'node', release: '24' } } },
    };
    const { body: read } = await throughOfficialClient('Microsoft.Web/sites', site);
    expect(read).toMatchObject({
      properties: { functionAppConfig: { runtime: { name: 'node' } } },
    });
    expect(read).not.toMatchObject(site);
  });

  test('has one kind of resource alone that no official client on Node.js 20 reads', () => {
    const unread = resources.filter((each) => !readable.includes(each));
    expect(unread.map(({ type, name, ...rest }) => [type, name, rest])).toEqual([
      [
        'Microsoft.Insights/components',
        'shop-dev-insights',
        {
          apiVersion: '2020-02-02',
          comments: expect.any(String),
          location: 'westeurope',
          tags: { tricloud: 'shop-dev' },
          kind: 'web',
          properties: {
            Application_Type: 'web',
            WorkspaceResourceId: `${group}/Microsoft.OperationalInsights/workspaces/shop-dev-logs`,
            DisableLocalAuth: true,
          },
          dependsOn: [`${group}/Microsoft.OperationalInsights/workspaces/shop-dev-logs`],
        },
      ],
    ]);
  });

  test('waits for resources that it makes, and for none that waits for it', () => {
    const waits = new Map(resources.map((each) => [idOf(each), each.dependsOn ?? []]));
    for (const [id, needs] of waits) {
      for (const need of needs) expect([...waits.keys()], `what ${id} waits for`).toContain(need);
    }
    const done = new Set<string>();
    for (let before = -1; before !== done.size;) {
      before = done.size;
      for (const [id, needs] of waits) if (needs.every((need) => done.has(need))) done.add(id);
    }
    expect(done.size).toBe(resources.length);
  });

  test('has the containers and API versions that are used outside of it, too', () => {
    const containers = resources.filter(({ type }) => type.endsWith('/containers'));
    expect(containers.map(({ name }) => name.split('/').at(-1))).toEqual([
      deploymentContainer,
      releasesContainer,
    ]);
    expect(byType('Microsoft.Web/sites')?.apiVersion).toBe(apiVersions.web);
    const { workspaces } = apiVersions;
    expect(byType('Microsoft.OperationalInsights/workspaces')?.apiVersion).toBe(workspaces);
  });

  test('keeps everything inside the resource group', () => {
    expect(resources.map(idOf).filter((id) => !id.startsWith(`${group}/`))).toEqual([]);
  });

  test('uses every parameter and every variable', () => {
    const text = JSON.stringify([template.resources, template.variables]);
    const unused = [
      ...Object.keys(template.parameters).filter((name) => !text.includes(`parameters('${name}')`)),
      ...Object.keys(template.variables).filter((name) => !text.includes(`variables('${name}')`)),
    ];
    expect(unused).toEqual([]);
    expect(Object.keys(parameters).toSorted()).toEqual(Object.keys(template.parameters).toSorted());
  });

  test('makes a closed storage account and an app with the size asked for', () => {
    expect(byType('Microsoft.Storage/storageAccounts')).toMatchObject({
      name: expect.stringMatching(/^st[0-9a-f]{13}$/),
      properties: {
        allowBlobPublicAccess: false,
        allowSharedKeyAccess: false,
        minimumTlsVersion: 'TLS1_2',
      },
    });
    expect(byType('Microsoft.Web/sites')).toMatchObject({
      name: expect.stringMatching(/^shop-dev-[0-9a-f]{13}$/),
      identity: { type: 'SystemAssigned' },
      properties: {
        httpsOnly: true,
        functionAppConfig: {
          deployment: {
            storage: { value: 'https://account.blob.core.windows.net/deployments' },
          },
          runtime: { name: 'node', version: '24' },
          scaleAndConcurrency: {
            instanceMemoryMB: 512,
            maximumInstanceCount: 40,
            triggers: { http: { perInstanceConcurrency: 8 } },
          },
        },
      },
    });
  });

  test('gives the app its variables, as they are', () => {
    const settings = resources.find(({ type }) => type === 'Microsoft.Web/sites/config');
    expect(settings?.properties).toEqual({
      GREETING: '[hello]',
      KEY: '@Microsoft.KeyVault(SecretUri=https://my-vault.vault.azure.net/secrets/key)',
      AzureWebJobsStorage__accountName: expect.stringMatching(/^st[0-9a-f]{13}$/),
      AzureWebJobsStorage__credential: 'managedidentity',
      APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=of shop-dev-insights',
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD',
      AzureFunctionsJobHost__functionTimeout: '00:01:30',
      TRICLOUD_REGION: 'westeurope',
      TRICLOUD_MEMORY_MIB: '512',
      TRICLOUD_AUTH: 'none',
      TRICLOUD_DEPLOYMENT_ID: 'the id of the deployment',
      AzureWebJobsDisableHomepage: 'true',
    });
  });

  test('gives three roles, each on one thing', () => {
    const given = resources
      .filter(({ type }) => type === 'Microsoft.Authorization/roleAssignments')
      .map(({ scope, properties }) => [
        scope?.replace(/.*providers\//, '').replace(/st[0-9a-f]{13}/, 'st…'),
        properties['principalId']?.slice(0, 8),
        properties['roleDefinitionId']?.split('/').at(-1),
      ]);
    expect(given).toEqual([
      ['Microsoft.Storage/storageAccounts/st…', '33333333', 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'],
      [
        'Microsoft.Insights/components/shop-dev-insights',
        '33333333',
        '3913510d-42f4-4e42-8a64-420c390055eb',
      ],
      [
        'Microsoft.Storage/storageAccounts/st…/blobServices/default/containers/releases',
        '22222222',
        'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
      ],
    ]);
  });

  test('allows no password, in a policy that has the region it is asked for', () => {
    const policies = resources.filter(({ type }) => type.endsWith('CredentialsPolicies'));
    expect(policies.map(({ name, properties, ...rest }) => [name, properties, rest])).toEqual([
      [
        expect.stringMatching(/^shop-dev-.*\/ftp$/),
        { allow: false },
        expect.objectContaining({ location: 'westeurope' }),
      ],
      [
        expect.stringMatching(/^shop-dev-.*\/scm$/),
        { allow: false },
        expect.objectContaining({ location: 'westeurope' }),
      ],
    ]);
  });

  test('comes to Azure as the official client would send it', async () => {
    const { body: read } = await throughOfficialClient('deployment', body);
    expect(read).toEqual(body);
  });
});
