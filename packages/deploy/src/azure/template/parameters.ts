import { createHash } from 'node:crypto';
import { configurationOf } from '../../engine/configuration.ts';
import { deploymentIdVariable } from '../../engine/deployment-id.ts';
import type { Target } from '../../engine/target.ts';
import template from './arm-template.json' with { type: 'json' };
import { readKeyVaultReference } from './key-vault.ts';
import { baseName, tags } from './names.ts';
import { nodeVersion } from './versions.ts';

/** The deployer, as the token says. */
export interface Principal {
  readonly objectId: string;
  readonly type: 'User' | 'ServicePrincipal';
}

/** Azure's own default of the most instances, https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan. */
const defaultInstances = 100;

/** The template's parameters for a target, without the deployer. */
export function toParameters(target: Target) {
  const { memoryMiB, concurrency } = configurationOf(target);
  return {
    name: baseName(target),
    location: target.region,
    tags: { [tags.owner]: baseName(target) },
    nodeVersion,
    instanceMemoryMB: memoryMiB,
    maximumInstanceCount: target.maxInstances ?? defaultInstances,
    perInstanceConcurrency: concurrency,
    settings: {
      AzureWebJobsStorage__credential: 'managedidentity',
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD',
      // The home page would answer `GET /` in the function's place.
      AzureWebJobsDisableHomepage: 'true',
      // A setting overrides host.json, which is the same for every function,
      // https://learn.microsoft.com/azure/azure-functions/functions-host-json#override-hostjson-values.
      AzureFunctionsJobHost__functionTimeout: toTimeSpan(target.timeoutSeconds),
      TRICLOUD_REGION: target.region,
      TRICLOUD_MEMORY_MIB: String(memoryMiB),
      // The function's entry reads it: `iam` demands a function key.
      TRICLOUD_AUTH: target.auth,
    },
    environment: target.environment,
    secrets: Object.fromEntries(
      Object.entries(target.secrets).map(([name, reference]) => [
        name,
        readKeyVaultReference(reference)?.setting ?? reference,
      ]),
    ),
  };
}

/**
 * Body of the deployment. Incremental: what else is in the group stays as it is.
 *
 * @param id the deployment's id, for the app's variables; null leaves it out.
 */
export function deploymentBody(target: Target, principal: Principal, id: string | null) {
  const { settings, ...others } = toParameters(target);
  const all = {
    ...others,
    settings: id === null ? settings : { ...settings, [deploymentIdVariable]: id },
    deployerId: principal.objectId,
    deployerType: principal.type,
  };
  const parameters = Object.entries(all).map(([name, value]) => [name, { value }]);
  return {
    properties: { mode: 'Incremental', template, parameters: Object.fromEntries(parameters) },
  };
}

/** SHA-256 of what a deployment sends apart from the deployment package and its id. */
export function settingsHash(target: Target): string {
  const sent = { template, parameters: toParameters(target) };
  return createHash('sha256').update(canonical(sent)).digest('hex');
}

/** JSON that does not depend on the order of names. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** Seconds as a .NET time span: `[d.]hh:mm:ss`. */
function toTimeSpan(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const clock = new Date((seconds % 86_400) * 1000).toISOString().slice(11, 19);
  return days === 0 ? clock : `${days}.${clock}`;
}
