import { deployedRuntime } from '@tricloud/core/catalog';
import type { Template, TemplateResource } from './arm-template.ts';
import { deploymentContainer, releasesContainer } from './names.ts';
import { roles } from './roles.ts';

/** The Node.js that the app runs on. */
export const nodeVersion = deployedRuntime('azure').version;

const web = '2024-11-01';
const storage = '2024-01-01';
const insights = '2020-02-02';
const workspaces = '2022-10-01';
const assignments = '2022-04-01';

const id = {
  storage: "resourceId('Microsoft.Storage/storageAccounts', variables('storage'))",
  plan: "resourceId('Microsoft.Web/serverfarms', variables('plan'))",
  site: "resourceId('Microsoft.Web/sites', variables('site'))",
  insights: "resourceId('Microsoft.Insights/components', variables('insights'))",
  workspace: "resourceId('Microsoft.OperationalInsights/workspaces', variables('workspace'))",
  container: (name: string) =>
    `resourceId('Microsoft.Storage/storageAccounts/blobServices/containers', variables('storage'), 'default', '${name}')`,
};
const appPrincipal = `reference(${id.site}, '${web}', 'full').identity.principalId`;
const common = { location: "[parameters('location')]", tags: "[parameters('tags')]" };

/** The one template of every deployment: what differs between two comes in as parameters. */
export const template: Template = {
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
    // Secure: Resource Manager keeps its values out of the deployment's history.
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
        // Telemetry is taken from whoever has the role alone, not from whoever knows the key.
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
        // Nothing about FTP: Flex Consumption has none and refuses `ftpsState`,
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
      properties: { allow: false },
      dependsOn: [`[${id.site}]`],
    })),
    assignment(id.storage, 'Microsoft.Storage/storageAccounts', roles.blobDataOwner.id),
    assignment(id.insights, 'Microsoft.Insights/components', roles.metricsPublisher.id),
    {
      type: 'Microsoft.Authorization/roleAssignments',
      apiVersion: assignments,
      name: `[guid(${id.container(releasesContainer)}, parameters('deployerId'), '${roles.blobDataContributor.id}')]`,
      scope: `[${id.container(releasesContainer)}]`,
      properties: {
        roleDefinitionId: roleId(roles.blobDataContributor.id),
        principalId: "[parameters('deployerId')]",
        principalType: "[parameters('deployerType')]",
      },
      dependsOn: [`[${id.container(releasesContainer)}]`],
    },
    {
      type: 'Microsoft.Web/sites/config',
      apiVersion: web,
      name: "[format('{0}/appsettings', variables('site'))]",
      properties: `[union(parameters('environment'), parameters('secrets'), parameters('settings'), createObject('AzureWebJobsStorage__accountName', variables('storage'), 'APPLICATIONINSIGHTS_CONNECTION_STRING', reference(${id.insights}, '${insights}').ConnectionString))]`,
      dependsOn: [`[${id.site}]`, `[${id.insights}]`],
    },
  ],
  outputs: {
    siteId: { type: 'string', value: `[${id.site}]` },
    blobEndpoint: {
      type: 'string',
      value: `[reference(${id.storage}, '${storage}').primaryEndpoints.blob]`,
    },
    workspaceId: { type: 'string', value: `[${id.workspace}]` },
  },
};

/** A role of the app's own identity; its name holds the app's id, because a name cannot wait for the identity. */
function assignment(scope: string, type: string, role: string): TemplateResource {
  return {
    type: 'Microsoft.Authorization/roleAssignments',
    apiVersion: assignments,
    name: `[guid(${scope}, ${id.site}, '${role}')]`,
    scope: `[${scope}]`,
    properties: {
      roleDefinitionId: roleId(role),
      principalId: `[${appPrincipal}]`,
      principalType: 'ServicePrincipal',
      description: `For the app, on ${type} alone.`,
    },
    dependsOn: [`[${id.site}]`, `[${scope}]`],
  };
}

function roleId(role: string): string {
  return `[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${role}')]`;
}
