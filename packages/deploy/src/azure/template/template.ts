import type { DeploymentPackage } from '@tricloud/build';
import { deployedPlan, functionLimits } from '@tricloud/core/catalog';
import type { Env } from '../../engine/deploy-context.ts';
import { deploymentId } from '../../engine/deployment-id.ts';
import type { PlanContents, PlannedPermission, PlannedResource } from '../../engine/plan.ts';
import type { Target } from '../../engine/target.ts';
import { readEndpoints } from '../credentials/endpoints.ts';
import { apiVersions } from './versions.ts';
import { readKeyVaultReference } from './key-vault.ts';
import {
  baseName,
  deploymentContainer,
  deploymentName,
  publishPath,
  releasesContainer,
} from './names.ts';
import { deploymentBody, toParameters } from './parameters.ts';

const unique = '<unique>';
const account = `st${unique}`;
const deployer = '<deployer>';
const unknownSubscription = '<subscription>';

const placeholders = [
  {
    name: unique,
    meaning: '13 letters and digits that Azure derives from the subscription and the group',
  },
  { name: deployer, meaning: 'the object id of the deployer, from the token' },
  { name: unknownSubscription, meaning: 'its id: --subscription, or the one you are signed in to' },
];

/** What a deployment consists of. */
export async function describe(
  target: Target,
  deploymentPackage: DeploymentPackage,
  env: Env,
): Promise<PlanContents> {
  const subscription =
    target.account ?? (env['AZURE_SUBSCRIPTION_ID']?.trim() || unknownSubscription);
  return {
    resources: plannedResources(target),
    permissions: [...assignments(target), ...vaultPermissions(target)],
    requests: plannedRequests(
      target,
      deploymentPackage,
      `${readEndpoints(env).resourceManager}/subscriptions/${subscription}`,
    ),
    placeholders: placeholders.filter(
      ({ name }) => name !== unknownSubscription || subscription === name,
    ),
    limitations: limitations(target),
    access: access(target),
  };
}

/** Every resource of a deployment, by the provider's type. */
export function plannedResources(target: Target): readonly PlannedResource[] {
  const name = baseName(target);
  const site = `${name}-${unique}`;
  const container = 'Microsoft.Storage/storageAccounts/blobServices/containers';
  const policy = 'Microsoft.Web/sites/basicPublishingCredentialsPolicies';
  const all: readonly (readonly [string, string, string])[] = [
    ['Microsoft.Resources/resourceGroups', name, 'holds everything; `remove` removes it'],
    ['Microsoft.Storage/storageAccounts', account, 'the packages; no shared key, nothing public'],
    [
      container,
      `${account}/default/${deploymentContainer}`,
      'the package from which the app starts',
    ],
    [container, `${account}/default/${releasesContainer}`, 'earlier packages, for `rollback`'],
    ['Microsoft.OperationalInsights/workspaces', `${name}-logs`, 'the log, kept 30 days'],
    ['Microsoft.Insights/components', `${name}-insights`, 'receives the log'],
    ['Microsoft.Web/serverfarms', `${name}-plan`, 'Flex Consumption, billed by use'],
    ['Microsoft.Web/sites', site, 'the function app'],
    [policy, `${site}/ftp`, 'no deployment by password'],
    [policy, `${site}/scm`, 'no deployment by password'],
    ['Microsoft.Web/sites/config', `${site}/appsettings`, 'its variables'],
    ...assignments(target).map(
      ({ who, actions, on }) =>
        ['Microsoft.Authorization/roleAssignments', actions.join(), `${who}, on ${on}`] as const,
    ),
  ];
  return all.map(([type, each, purpose]) => ({ type, name: each, purpose }));
}

/** Role assignments of the template. */
function assignments(target: Target): readonly PlannedPermission[] {
  const app = 'the app’s own identity';
  const storage = `the storage account ${account}`;
  return [
    { who: app, actions: ['Storage Blob Data Owner'], on: storage },
    { who: app, actions: ['Monitoring Metrics Publisher'], on: `${baseName(target)}-insights` },
    {
      who: 'the deployer',
      actions: ['Storage Blob Data Contributor'],
      on: `the container ${releasesContainer} of ${storage}`,
    },
  ];
}

function vaultPermissions(target: Target): readonly PlannedPermission[] {
  return vaults(target).map((vault) => ({
    who: 'the app’s own identity, assigned by you',
    actions: ['Key Vault Secrets User'],
    on: `your vault ${vault}`,
  }));
}

function plannedRequests(
  target: Target,
  deploymentPackage: DeploymentPackage,
  subscription: string,
): PlanContents['requests'] {
  const { bytes, sha256 } = deploymentPackage;
  const id = deploymentId(target, deploymentPackage);
  const { name, location, tags } = toParameters(target);
  const group = `${subscription}/resourcegroups/${name}`;
  const providers = `${group}/providers`;
  const site = `${name}-${unique}`;
  const zip = `<the deployment package, ${bytes.length} bytes>`;
  const { resources, web } = apiVersions;
  return [
    { call: `PUT ${group}?api-version=${resources}`, body: { location, tags } },
    {
      call: `PUT ${providers}/Microsoft.Resources/deployments/${deploymentName}?api-version=${resources}`,
      body: deploymentBody(target, { objectId: deployer, type: 'User' }, id),
    },
    {
      call: `PUT https://${account}.blob.core.windows.net/${releasesContainer}/${sha256}.zip`,
      body: zip,
    },
    { call: `POST https://${site}.scm.azurewebsites.net${publishPath}`, body: zip },
    {
      call: `POST ${providers}/Microsoft.Web/sites/${site}/syncfunctiontriggers?api-version=${web}`,
      body: null,
    },
  ];
}

function access(target: Target): string {
  const { maximumInstanceCount: instances, perInstanceConcurrency: requests } =
    toParameters(target);
  const who = target.auth === 'iam' ? 'only callers with a function key' : 'everyone';
  return `${who} can call it; at most ${instances} instances run, each with ${requests} requests at once at most`;
}

function limitations(target: Target): readonly string[] {
  const { timeoutSeconds } = target;
  const httpSeconds = functionLimits(deployedPlan.azure).httpTimeoutMs / 1000;
  const identity = `$(az functionapp list -g ${baseName(target)} --query "[0].identity.principalId" -o tsv)`;
  return [
    ...(timeoutSeconds > httpSeconds
      ? [
          `an HTTP response later than ${httpSeconds} s does not reach the client: Azure’s load balancer closes the connection, although the function runs for up to ${timeoutSeconds} s`,
        ]
      : []),
    ...vaults(target).map(
      (vault) =>
        `give the app access to your vault ${vault} after its first deployment: az role assignment create --role "Key Vault Secrets User" --assignee-object-id ${identity} --assignee-principal-type ServicePrincipal --scope $(az keyvault show -n ${vault} --query id -o tsv)`,
    ),
  ];
}

function vaults({ secrets }: Target): readonly string[] {
  const named = Object.values(secrets).flatMap((each) => readKeyVaultReference(each)?.vault ?? []);
  return [...new Set(named)].toSorted();
}
