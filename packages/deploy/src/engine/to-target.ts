import { InvalidInputError } from '@tricloud/core/parts';
import type { Cloud } from './cloud.ts';
import type { Target, Throttle } from './target.ts';
import type { DeploySettings } from './settings.ts';

/** More than most functions are asked for, and a limit to what a loop or an attack can cost. */
function throttleOf({ rate = 100, burst = 2 * rate }: ThrottleSettings): Throttle {
  return { rate, burst };
}

type ThrottleSettings = NonNullable<NonNullable<DeploySettings['aws']>['throttle']>;

/**
 * The settings as they are meant for one cloud: its own before the common ones, its defaults where nothing is said.
 *
 * @throws {InvalidInputError} when a secret has no reference on this cloud.
 */
export function toTarget(
  settings: DeploySettings,
  { id, defaults }: Pick<Cloud, 'id' | 'defaults'>,
): Target {
  const own: NonNullable<DeploySettings['google'] & DeploySettings['azure']> = settings[id] ?? {};
  return {
    cloud: id,
    name: settings.name ?? 'tricloud',
    stage: settings.stage ?? 'dev',
    region: own.region ?? defaults.region,
    memoryMiB: own.memoryMiB ?? settings.memoryMiB ?? defaults.memoryMiB,
    vcpu: own.vcpu ?? settings.vcpu ?? defaults.vcpu,
    architecture: own.architecture ?? settings.architecture ?? defaults.architecture,
    timeoutSeconds: own.timeoutSeconds ?? settings.timeoutSeconds ?? defaults.timeoutSeconds,
    concurrency: own.concurrency ?? settings.concurrency ?? defaults.concurrency,
    maxInstances: own.maxInstances ?? settings.maxInstances ?? defaults.maxInstances,
    environment: settings.environment ?? {},
    secrets: secretsOn(id, settings.secrets ?? {}),
    account: own.project ?? own.subscription ?? null,
    auth: settings.auth ?? 'none',
    invokers: settings.google?.invokers ?? [],
    throttle: id === 'aws' ? throttleOf(settings.aws?.throttle ?? {}) : null,
    buildAccount: settings.google?.buildAccount ?? null,
  };
}

function secretsOn(
  cloud: Cloud['id'],
  secrets: NonNullable<DeploySettings['secrets']>,
): Target['secrets'] {
  const references = Object.entries(secrets).map(([name, { [cloud]: reference }]) => {
    if (reference !== undefined) return [name, reference] as const;
    const path = `secrets.${name}.${cloud}`;
    const problem = `is missing, but must be a reference to the secret in ${cloud}’s own store`;
    throw new InvalidInputError([{ path, value: undefined, problem }]);
  });
  return Object.fromEntries(references);
}
