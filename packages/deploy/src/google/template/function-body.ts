import { deployedRuntime } from '@tricloud/core/catalog';
import { configurationOf } from '../../engine/configuration.ts';
import { deploymentIdVariable } from '../../engine/deployment-id.ts';
import type { Target } from '../../engine/target.ts';
import type { StorageSource } from './labels.ts';
import type { Names } from './names.ts';
import { parseSecretReference } from './secret-reference.ts';

/** Runtime of the deployed function, by Google's id. */
const runtimeId = deployedRuntime('google').id;

/** What the bundle exports, and `--target` names. */
const entryPoint = 'tricloud';

/** A function of the v2 API, as far as it is set here. */
export type FunctionBody = ReturnType<typeof toFunction>;

/** What differs between two deployments of one target. */
interface Deployed {
  readonly deploymentId: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Null leaves the deployed package. */
  readonly source: StorageSource | null;
}

/** The function that a target describes (https://cloud.google.com/functions/docs/reference/rest/v2/projects.locations.functions). */
export function toFunction(
  target: Target,
  names: Names,
  { deploymentId, labels, source }: Deployed,
) {
  const { memoryMiB, vcpu, concurrency } = configurationOf(target);
  return {
    name: names.function,
    environment: 'GEN_2',
    description: `${target.name}, stage ${target.stage}; deployed by tricloud.`,
    labels,
    buildConfig: toBuildConfig(target, names, source),
    serviceConfig: {
      availableMemory: `${memoryMiB}Mi`,
      // Always sent, so that what runs is what is billed: Google does not document its choice between two sizes.
      availableCpu: String(vcpu),
      timeoutSeconds: target.timeoutSeconds,
      maxInstanceRequestConcurrency: concurrency,
      ...(target.maxInstances !== null && { maxInstanceCount: target.maxInstances }),
      environmentVariables: {
        ...environmentOf(target),
        [deploymentIdVariable]: deploymentId,
      },
      secretEnvironmentVariables: secretsOf(target, names.project),
      ingressSettings: 'ALLOW_ALL',
      allTrafficOnLatestRevision: true,
      serviceAccountEmail: names.serviceAccount,
    },
  };
}

/** How a deployment package is built into an image. */
export function toBuildConfig(target: Target, names: Names, source: StorageSource | null) {
  return {
    runtime: runtimeId,
    entryPoint,
    ...(target.buildAccount !== null && {
      serviceAccount: `projects/${names.project}/serviceAccounts/${target.buildAccount}`,
    }),
    ...(source !== null && { source: { storageSource: source } }),
  };
}

const buildFields = ['runtime', 'entryPoint', 'source'].map((field) => `buildConfig.${field}`);
const serviceFields = [
  'availableMemory',
  'availableCpu',
  'timeoutSeconds',
  'maxInstanceRequestConcurrency',
  'maxInstanceCount',
  'environmentVariables',
  'secretEnvironmentVariables',
  'ingressSettings',
  'allTrafficOnLatestRevision',
  'serviceAccountEmail',
].map((field) => `serviceConfig.${field}`);

/** The fields that an update changes; what is not named stays. */
export function updateMask(
  { buildAccount }: Target,
  changes: { readonly source: boolean; readonly settings: boolean },
): string {
  const account = buildAccount === null ? [] : ['buildConfig.serviceAccount'];
  return [
    'labels',
    ...(changes.source ? [...buildFields, ...account] : []),
    ...(changes.settings ? ['description', ...serviceFields] : []),
  ].join(',');
}

/** The function's variables, with the two that the platform does not set (decision 0035). */
export function environmentOf({ region, memoryMiB, environment }: Target): Record<string, string> {
  return { TRICLOUD_REGION: region, TRICLOUD_MEMORY_MIB: String(memoryMiB), ...environment };
}

/** The function's secrets, by reference. */
export function secretsOf({ secrets }: Target, ownProject: string) {
  return Object.entries(secrets).flatMap(([key, reference]) => {
    const parsed = parseSecretReference(reference);
    if (parsed === null) return [];
    const { project, secret, version } = parsed;
    return [{ key, projectId: project ?? ownProject, secret, version }];
  });
}
