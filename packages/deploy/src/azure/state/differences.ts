import type { DeploymentPackage } from '@tricloud/build';
import { deploymentIdVariable } from '../../engine/deployment-id.ts';
import { hiddenDifference } from '../../engine/hidden-difference.ts';
import { type Difference, difference } from '../../engine/plan.ts';
import type { Target } from '../../engine/target.ts';
import { nodeVersion } from '../template/versions.ts';
import { settingsHash, toParameters } from '../template/parameters.ts';
import { plannedResources } from '../template/template.ts';
import type { Deployed, Site } from './site.ts';

/** What a deployment would change, the deployment package included. */
export function differences(
  target: Target,
  { sha256 }: Pick<DeploymentPackage, 'sha256'>,
  found: Deployed | null,
): readonly Difference[] {
  const ofTemplate = templateDifferences(target, found);
  if (!found?.site) return ofTemplate;
  return [
    ...ofTemplate,
    ...difference('deployment package', found.group.deploymentPackage, sha256),
  ];
}

/**
 * What the template would change. The app itself is compared: Resource Manager's what-if reports changes that are none
 * (https://learn.microsoft.com/azure/azure-resource-manager/templates/deploy-what-if, "noise").
 */
export function templateDifferences(target: Target, found: Deployed | null): readonly Difference[] {
  if (!found?.site) {
    return plannedResources(target)
      .filter(({ type }) => found === null || type !== 'Microsoft.Resources/resourceGroups')
      .map(({ type, name }) => ({ what: type, deployed: null, planned: name }));
  }
  const { variables } = found.site;
  const seen = [
    ...scaleDifferences(found.site, target),
    ...(variables === null ? [] : variableDifferences(variables, target)),
  ];
  if (seen.length > 0) return seen;
  return difference('template', found.group.settings ?? 'unknown', settingsHash(target));
}

function scaleDifferences(site: Site, target: Target): readonly Difference[] {
  const planned = toParameters(target);
  return [
    ...difference('memory', site.memoryMiB, planned.instanceMemoryMB),
    ...difference('concurrency', site.concurrency, planned.perInstanceConcurrency),
    ...difference('max instances', site.maxInstances, planned.maximumInstanceCount),
    ...difference('runtime', site.runtime, `node ${nodeVersion}`),
  ];
}

/** Variables that are no difference: the template computes their values, or every deployment has its own. */
const computed: ReadonlySet<string> = new Set([
  'AzureWebJobsStorage__accountName',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
  deploymentIdVariable,
]);

/** Variables that differ. The values of the user's are never shown. */
function variableDifferences(
  deployed: Readonly<Record<string, string>>,
  target: Target,
): readonly Difference[] {
  const { settings, environment, secrets } = toParameters(target);
  const planned: Readonly<Record<string, string>> = { ...environment, ...secrets, ...settings };
  return [
    ...Object.entries(planned)
      .filter(([name, value]) => deployed[name] !== value)
      .map(([name, value]) =>
        Object.hasOwn(settings, name)
          ? { what: name, deployed: deployed[name] ?? null, planned: value }
          : hiddenDifference(name, deployed[name], value),
      ),
    ...Object.keys(deployed)
      .filter((name) => planned[name] === undefined && !computed.has(name))
      .map((name) => hiddenDifference(name, deployed[name], null)),
  ];
}
