import { deployedPlan, functionLimits } from '@tricloud/core/catalog';
import type { Archive } from '../archive/archive.ts';
import type { DeployContext } from '../engine/cloud.ts';
import { configurationLimitations } from '../engine/configuration.ts';
import type {
  Placeholder,
  DeploymentPlan,
  PlannedPermission,
  PlannedRequest,
  PlannedResource,
} from '../engine/plan.ts';
import { isSecretName, redactJson, redactor } from '../engine/redact.ts';
import type { Target } from '../engine/target.ts';
import { command } from './command.ts';
import { readEndpoints } from './endpoints.ts';
import { readKeyVaultReference } from './key-vault.ts';
import { baseName, deploymentContainer, deploymentName, releasesContainer } from './names.ts';
import { toParameters } from './parameters.ts';
import { deploymentBody, publishPath } from './requests.ts';
import { roles } from './roles.ts';

/** How long a load balancer of Azure waits for an answer, whatever the app's own time-out. */
const httpTimeoutSeconds = functionLimits(deployedPlan.azure).httpTimeoutMs / 1000;

const unique = '<unique>';
const deployer = '<deployer>';
const someSubscription = '<subscription>';

/** What stands for the names that only Azure knows. */
const placeholders: readonly Placeholder[] = [
  {
    name: unique,
    meaning: '13 letters and digits that Azure makes of the subscription and the group',
  },
  { name: deployer, meaning: 'the object id of whoever deploys, as the token says' },
  { name: someSubscription, meaning: 'its id: --subscription, or the one that is signed in to' },
];

/** What a deployment would do; nothing is asked for it, and no SDK is loaded. */
export function makePlan(
  target: Target,
  archive: Archive,
  context: Pick<DeployContext, 'env'>,
): DeploymentPlan {
  return {
    cloud: 'azure',
    name: target.name,
    stage: target.stage,
    region: target.region,
    archive: { files: archive.files, size: archive.bytes.length, sha256: archive.sha256 },
    resources: plannedResources(target),
    permissions: plannedPermissions(target),
    requests: plannedRequests(target, archive, context),
    placeholders: placeholders.filter(
      ({ name }) => name !== someSubscription || subscriptionOf(target, context) === name,
    ),
    limitations: limitations(target),
    access: '',
  };
}

/** Everything that the template makes, by the provider's type. */
export function plannedResources(target: Target): readonly PlannedResource[] {
  const name = baseName(target);
  const account = `st${unique}`;
  return [
    resource('Microsoft.Resources/resourceGroups', name, 'holds everything; `remove` removes it'),
    resource(
      'Microsoft.Storage/storageAccounts',
      account,
      'the archives; no shared key, nothing public',
    ),
    ...[
      [deploymentContainer, 'the archive from which the app starts'],
      [releasesContainer, 'earlier archives, for `rollback`'],
    ].map(([container = '', purpose = '']) =>
      resource(
        'Microsoft.Storage/storageAccounts/blobServices/containers',
        `${account}/default/${container}`,
        purpose,
      ),
    ),
    resource('Microsoft.OperationalInsights/workspaces', `${name}-logs`, 'the log, kept 30 days'),
    resource('Microsoft.Insights/components', `${name}-insights`, 'takes the log in'),
    resource('Microsoft.Web/serverfarms', `${name}-plan`, 'Flex Consumption, paid by use'),
    resource('Microsoft.Web/sites', `${name}-${unique}`, 'the function app'),
    ...['ftp', 'scm'].map((each) =>
      resource(
        'Microsoft.Web/sites/basicPublishingCredentialsPolicies',
        `${name}-${unique}/${each}`,
        'no password deploys',
      ),
    ),
    resource('Microsoft.Web/sites/config', `${name}-${unique}/appsettings`, 'its variables'),
    ...plannedPermissions(target)
      .filter(({ who }) => !who.includes('your vault'))
      .map(({ who, actions, on }) =>
        resource('Microsoft.Authorization/roleAssignments', actions.join(), `${who}, on ${on}`),
      ),
  ];
}

function resource(type: string, name: string, purpose: string): PlannedResource {
  return { type, name, purpose };
}

function plannedPermissions(target: Target): readonly PlannedPermission[] {
  const account = `the storage account st${unique}`;
  return [
    { who: 'the app’s own identity', actions: [roles.blobDataOwner.name], on: account },
    {
      who: 'the app’s own identity',
      actions: [roles.metricsPublisher.name],
      on: `${baseName(target)}-insights`,
    },
    {
      who: 'whoever deploys',
      actions: [roles.blobDataContributor.name],
      on: `the container ${releasesContainer} of ${account}`,
    },
    ...vaults(target).map((vault) => ({
      who: 'the app’s own identity, given by you: your vault stands outside the group',
      actions: ['Key Vault Secrets User'],
      on: `the vault ${vault}`,
    })),
  ];
}

function plannedRequests(
  target: Target,
  archive: Archive,
  { env }: Pick<DeployContext, 'env'>,
): readonly PlannedRequest[] {
  const { resourceManager } = readEndpoints(env);
  const parameters = toParameters(target);
  const group = `${resourceManager}/subscriptions/${subscriptionOf(target, { env })}/resourcegroups/${parameters.name}`;
  const body = deploymentBody(
    {
      ...parameters,
      environment: Object.fromEntries(
        Object.entries(parameters.environment).map(([name, value]) => [
          name,
          isSecretName(name) ? '[redacted]' : value,
        ]),
      ),
    },
    { objectId: deployer, type: 'User' },
  );
  const redact = redactor(env, target.environment);
  return [
    {
      call: `PUT ${group}?api-version=2025-03-01`,
      body: { location: parameters.location, tags: parameters.tags },
    },
    {
      call: `PUT ${group}/providers/Microsoft.Resources/deployments/${deploymentName}?api-version=2025-03-01`,
      body: redactJson(body, redact),
    },
    {
      call: `PUT https://st${unique}.blob.core.windows.net/${releasesContainer}/${archive.sha256}.zip`,
      body: `<the archive, ${archive.bytes.length} bytes>`,
    },
    {
      call: `POST https://${parameters.name}-${unique}.scm.azurewebsites.net${publishPath}`,
      body: `<the archive, ${archive.bytes.length} bytes>`,
    },
  ];
}

function subscriptionOf({ account }: Target, { env }: Pick<DeployContext, 'env'>): string {
  return account ?? (env['AZURE_SUBSCRIPTION_ID']?.trim() || someSubscription);
}

function limitations(target: Target): readonly string[] {
  return [
    ...configurationLimitations(target),
    ...(target.timeoutSeconds > httpTimeoutSeconds
      ? [
          `an HTTP answer after ${httpTimeoutSeconds} s reaches nobody: Azure’s load balancer has closed the connection by then, though the function runs on for ${target.timeoutSeconds} s`,
        ]
      : []),
    ...vaults(target).map(
      (vault) =>
        `give the app access to the vault ${vault}, which is yours: az role assignment create --role "Key Vault Secrets User" --assignee-object-id <the app’s identity, see \`${command('status', target)}\`> --assignee-principal-type ServicePrincipal --scope $(az keyvault show -n ${vault} --query id -o tsv)`,
    ),
  ];
}

function vaults({ secrets }: Target): readonly string[] {
  const named = Object.values(secrets).flatMap((each) => readKeyVaultReference(each)?.vault ?? []);
  return [...new Set(named)].toSorted();
}
