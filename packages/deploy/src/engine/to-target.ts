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
  const { name = 'tricloud', stage = 'dev', environment = {} } = settings;
  return {
    ...defaults,
    ...defined(sizeOf(settings)),
    ...defined({ region: own.region, ...sizeOf(own) }),
    cloud: id,
    name,
    stage,
    environment,
    secrets: secretsOn(id, settings.secrets ?? {}),
    account: own.project ?? own.subscription ?? null,
    ...accessOf(settings, id),
  };
}

/** Who can call the function, who builds it, and what limits its requests. */
function accessOf({ auth = 'none', aws = {}, google = {} }: DeploySettings, id: Cloud['id']) {
  const { invokers = [], buildAccount = null } = google;
  const throttle = id === 'aws' ? throttleOf(aws.throttle ?? {}) : null;
  return { auth, invokers, buildAccount, throttle };
}

type Size = Omit<Cloud['defaults'], 'region'>;

function sizeOf({
  memoryMiB,
  vcpu,
  architecture,
  timeoutSeconds,
  concurrency,
  maxInstances,
}: { readonly [K in keyof Size]?: Size[K] | undefined }) {
  return { memoryMiB, vcpu, architecture, timeoutSeconds, concurrency, maxInstances };
}

/** The fields that have a value: an undefined one does not override. */
function defined<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> };
function defined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
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
