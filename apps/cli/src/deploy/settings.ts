import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import type { ProviderId } from '@tricloud/core/catalog';
import type { DeploySettings } from '@tricloud/deploy';
import type { Values } from '../command-line/declaration.ts';
import { regionsByProvider, type SecretReference } from '../command-line/values.ts';
import type { requestOptions } from '../declarations/deployments.ts';
import { UsageError } from '../errors.ts';
import { asBadInput } from '../json-file.ts';

/** The options that every command on deployments accepts. */
export type RequestValues = Values<typeof requestOptions>;

/** The settings of the config file, overridden by the options. */
export async function withOptions(
  settings: DeploySettings,
  values: RequestValues,
  ids: readonly ProviderId[],
): Promise<DeploySettings> {
  const only = ids.length === 1 ? ids[0] : undefined;
  const regions = regionsByProvider(values.region.flat(), only);
  const size = {
    memoryMiB: values.memory,
    vcpu: values.vcpu,
    architecture: values.architecture,
    timeoutSeconds: values.timeout,
    concurrency: values.concurrency,
    maxInstances: values.maxInstances,
  };
  const { throttle, project, buildAccount, subscription } = values;
  const invokers = values.invoker.length === 0 ? undefined : [...values.invoker];
  const common = { name: values.name, stage: values.stage, auth: values.auth, ...size };
  const google = { region: regions.google, project, invokers, buildAccount, ...size };
  return {
    ...over(settings, common),
    environment: { ...settings.environment, ...(await environmentOf(values)) },
    secrets: withSecrets(settings.secrets ?? {}, values.secret, only),
    aws: over(settings.aws, { region: regions.aws, throttle, ...size }),
    google: over(settings.google, google),
    azure: over(settings.azure, { region: regions.azure, subscription, ...size }),
  };
}

/** Overrides the fields that are defined. */
function over<T extends object>(base: T | undefined, fields: NoInfer<Partial<T>>): T;
function over(base: object | undefined, fields: object): object {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { ...base, ...Object.fromEntries(given) };
}

type Secrets = NonNullable<DeploySettings['secrets']>;

function withSecrets(
  before: Secrets,
  given: readonly SecretReference[],
  only: ProviderId | undefined,
): Secrets {
  const secrets = { ...before };
  for (const { provider, name, reference } of given) {
    const id = provider ?? only;
    if (id === undefined) {
      throw new UsageError('--secret takes aws:NAME=REFERENCE with several clouds');
    }
    secrets[name] = { ...secrets[name], [id]: reference };
  }
  return secrets;
}

/** Variables of the files, overridden by `--set`. */
async function environmentOf({
  env,
  envFile,
  set,
}: RequestValues): Promise<Record<string, string>> {
  const texts = await Promise.all(
    [...env, ...envFile].map((file) =>
      readFile(file, 'utf8').catch((error: unknown) => {
        throw asBadInput(file, error);
      }),
    ),
  );
  return Object.assign({}, ...texts.map((text) => parseEnv(text)), Object.fromEntries(set));
}
