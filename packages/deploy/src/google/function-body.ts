import { deployedRuntime } from '@tricloud/core/catalog';
import { configurationOf } from '../engine/configuration.ts';
import type { Target } from '../engine/target.ts';
import type { StorageSource } from './labels.ts';
import type { Names } from './names.ts';
import { parseSecretReference } from './secret-reference.ts';

/** Runtime of the deployed function, by Google's id. */
export const runtimeId = deployedRuntime('google').id;

/** What the bundle exports, and `--target` names. */
export const entryPoint = 'tricloud';

/** A function of the v2 API, as far as it is set here. */
export type FunctionBody = ReturnType<typeof toFunction>;

/** What a rollback sends of it. */
export type RebuiltFunction = Pick<FunctionBody, 'name' | 'description' | 'labels' | 'buildConfig'>;

/** The function that a target asks for; of `source` null, only its settings. */
export function toFunction(
  target: Target,
  names: Names,
  { labels, source }: { labels: Readonly<Record<string, string>>; source: StorageSource | null },
) {
  const { memoryMiB, vcpu, concurrency } = configurationOf(target);
  return {
    name: names.function,
    environment: 'GEN_2' as const,
    description: `${target.name}, stage ${target.stage}; deployed by tricloud.`,
    labels: { ...labels },
    buildConfig: {
      runtime: runtimeId,
      entryPoint,
      ...(source !== null && { source: { storageSource: { ...source } } }),
    },
    serviceConfig: {
      availableMemory: `${memoryMiB}Mi`,
      // Always sent, so that what runs is what is billed: between two sizes Google does not say what it takes.
      availableCpu: String(vcpu),
      timeoutSeconds: target.timeoutSeconds,
      maxInstanceRequestConcurrency: concurrency,
      ...(target.maxInstances !== null && { maxInstanceCount: target.maxInstances }),
      environmentVariables: environmentOf(target),
      secretEnvironmentVariables: secretsOf(target, names.project),
      ingressSettings: 'ALLOW_ALL' as const,
      allTrafficOnLatestRevision: true,
      serviceAccountEmail: names.serviceAccount,
    },
  };
}

const buildFields = ['build_config.runtime', 'build_config.entry_point', 'build_config.source'];

/** The fields that a rollback changes. */
export const rebuildMask: readonly string[] = ['description', 'labels', ...buildFields];

/** The fields that an update changes; what is not named stays. */
export function updateMask(changesSource: boolean): readonly string[] {
  return [
    'description',
    'labels',
    ...(changesSource ? buildFields : []),
    'service_config.available_memory',
    'service_config.available_cpu',
    'service_config.timeout_seconds',
    'service_config.max_instance_request_concurrency',
    'service_config.max_instance_count',
    'service_config.environment_variables',
    'service_config.secret_environment_variables',
    'service_config.ingress_settings',
    'service_config.all_traffic_on_latest_revision',
    'service_config.service_account_email',
  ];
}

/** The function's variables, with the two that tell it what the platform does not (decision 0035). */
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
