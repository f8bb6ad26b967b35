import { deployedRuntime } from '@tricloud/core/catalog';
import { deploymentContainer, releasesContainer } from './names.ts';

/** Ids of the built-in roles that are assigned, https://learn.microsoft.com/azure/role-based-access-control/built-in-roles. */
const roles = {
  // The least that the Functions host needs on its storage account, where it makes containers (2026-11-22):
  // https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  'Monitoring Metrics Publisher': '3913510d-42f4-4e42-8a64-420c390055eb',
} as const;

/** Node.js version of the app. */
export const nodeVersion = deployedRuntime('azure').version;

/** API versions of what is read and written outside the template, too. */
export const apiVersions = {
  /** Of groups, deployments and tags. */
  resources: '2025-03-01',
  subscriptions: '2022-12-01',
  web: '2024-11-01',
  storage: '2024-01-01',
  workspaces: '2022-10-01',
} as const;

const { web, storage, workspaces } = apiVersions;
const insights = '2020-02-02';

/** Expressions of resource ids. */
const id = {
  storage: "resourceId('Microsoft.Storage/storageAccounts', variables('storage'))",
  plan: "resourceId('Microsoft.Web/serverfarms', variables('plan'))",
  site: "resourceId('Microsoft.Web/sites', variables('site'))",
  insights: "resourceId('Microsoft.Insights/components', variables('insights'))",
  workspace: "resourceId('Microsoft.OperationalInsights/workspaces', variables('workspace'))",
  container: (name: string) =>
    `resourceId('Microsoft.Storage/storageAccounts/blobServices/containers', variables('storage'), 'default', '${name}')`,
};
const app = {
  id: id.site,
  principalId: `[reference(${id.site}, '${web}', 'full').identity.principalId]`,
  principalType: 'ServicePrincipal',
  dependsOn: [`[${id.site}]`],
};
const common = { location: "[parameters('location')]", tags: "[parameters('tags')]" };

/** The template of every deployment: two differ in their parameters alone. */
export const template = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  parameters: {
    name: { type: 'string' },
    location: { type: 'string' },
    tags: { type: 'object' },
    instanceMemoryMB: { type: 'int' },
    maximumInstanceCount: { type: 'int' },
    perInstanceConcurrency: { type: 'int' },
    settings: { type: 'object' },
    // Secure: Resource Manager keeps the values out of the deployment's history.
    environment: { type: 'secureObject' },
    secrets: { type: 'object' },
    deployerId: { type: 'string' },
    deployerType: { type: 'string' },
  },
  variables: {
    unique: '[uniqueString(subscription().id, resourceGroup().name)]',
    site: "[format('{0}-{1}', parameters('name'), variables('unique'))]",
    storage: "[format('st{0}', variables('unique'))]",
    plan: "[format('{0}-plan', parameters('name'))]",
    insights: "[format('{0}-insights', parameters('name'))]",
    workspace: "[format('{0}-logs', parameters('name'))]",
  },
  resources: [
    {
      type: 'Microsoft.Storage/storageAccounts',
      apiVersion: storage,
      name: "[variables('storage')]",
      ...common,
      kind: 'StorageV2',
      sku: { name: 'Standard_LRS' },
      properties: {
        allowBlobPublicAccess: false,
        allowCrossTenantReplication: false,
        allowSharedKeyAccess: false,
        defaultToOAuthAuthentication: true,
        minimumTlsVersion: 'TLS1_2',
        supportsHttpsTrafficOnly: true,
      },
    },
    ...[deploymentContainer, releasesContainer].map((name) => ({
      type: 'Microsoft.Storage/storageAccounts/blobServices/containers',
      apiVersion: storage,
      name: `[format('{0}/default/${name}', variables('storage'))]`,
      properties: { publicAccess: 'None' },
      dependsOn: [`[${id.storage}]`],
    })),
    {
      type: 'Microsoft.OperationalInsights/workspaces',
      apiVersion: workspaces,
      name: "[variables('workspace')]",
      ...common,
      properties: { sku: { name: 'PerGB2018' }, retentionInDays: 30 },
    },
    {
      type: 'Microsoft.Insights/components',
      apiVersion: insights,
      name: "[variables('insights')]",
      ...common,
      kind: 'web',
      properties: {
        Application_Type: 'web',
        WorkspaceResourceId: `[${id.workspace}]`,
        // Telemetry is accepted from the role's members, not from everyone who knows the key.
        DisableLocalAuth: true,
      },
      dependsOn: [`[${id.workspace}]`],
    },
    {
      type: 'Microsoft.Web/serverfarms',
      apiVersion: web,
      name: "[variables('plan')]",
      ...common,
      kind: 'functionapp',
      sku: { name: 'FC1', tier: 'FlexConsumption' },
      properties: { reserved: true },
    },
    {
      type: 'Microsoft.Web/sites',
      apiVersion: web,
      name: "[variables('site')]",
      ...common,
      kind: 'functionapp,linux',
      identity: { type: 'SystemAssigned' },
      properties: {
        serverFarmId: `[${id.plan}]`,
        httpsOnly: true,
        // Flex Consumption has no FTP and refuses `ftpsState`,
        // https://github.com/microsoft/azure-pipelines-tasks/issues/21032.
        siteConfig: { minTlsVersion: '1.2', scmMinTlsVersion: '1.2' },
        functionAppConfig: {
          deployment: {
            storage: {
              type: 'blobContainer',
              value: `[format('{0}${deploymentContainer}', reference(${id.storage}, '${storage}').primaryEndpoints.blob)]`,
              authentication: { type: 'SystemAssignedIdentity' },
            },
          },
          runtime: { name: 'node', version: nodeVersion },
          scaleAndConcurrency: {
            instanceMemoryMB: "[parameters('instanceMemoryMB')]",
            maximumInstanceCount: "[parameters('maximumInstanceCount')]",
            triggers: {
              http: { perInstanceConcurrency: "[parameters('perInstanceConcurrency')]" },
            },
          },
        },
      },
      dependsOn: [`[${id.plan}]`, `[${id.container(deploymentContainer)}]`],
    },
    ...['ftp', 'scm'].map((name) => ({
      type: 'Microsoft.Web/sites/basicPublishingCredentialsPolicies',
      apiVersion: web,
      name: `[format('{0}/${name}', variables('site'))]`,
      location: common.location,
      properties: { allow: false },
      dependsOn: [`[${id.site}]`],
    })),
    assignment(id.storage, 'Storage Blob Data Owner', app),
    assignment(id.insights, 'Monitoring Metrics Publisher', app),
    assignment(id.container(releasesContainer), 'Storage Blob Data Contributor', {
      id: "parameters('deployerId')",
      principalId: "[parameters('deployerId')]",
      principalType: "[parameters('deployerType')]",
      dependsOn: [],
    }),
    {
      type: 'Microsoft.Web/sites/config',
      apiVersion: web,
      name: "[format('{0}/appsettings', variables('site'))]",
      properties: `[union(parameters('environment'), parameters('secrets'), parameters('settings'), createObject('AzureWebJobsStorage__accountName', variables('storage'), 'APPLICATIONINSIGHTS_CONNECTION_STRING', reference(${id.insights}, '${insights}').ConnectionString))]`,
      dependsOn: [`[${id.site}]`, `[${id.insights}]`],
    },
  ],
};

/** A role of a principal; its name is made of the principal's id, or of the app's, whose identity is not known before. */
function assignment(scope: string, role: keyof typeof roles, { id: principal, ...to }: typeof app) {
  return {
    type: 'Microsoft.Authorization/roleAssignments',
    apiVersion: '2022-04-01',
    name: `[guid(${scope}, ${principal}, '${roles[role]}')]`,
    scope: `[${scope}]`,
    properties: {
      roleDefinitionId: `[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${roles[role]}')]`,
      principalId: to.principalId,
      principalType: to.principalType,
    },
    dependsOn: [...to.dependsOn, `[${scope}]`],
  };
}
