import { defaultFunctions } from '@tricloud/core';
import type { InstanceConfig, ProviderId } from './options.ts';

/** Instance where nothing else is asked for: what `tricloud deploy` deploys. */
export const defaultInstances: Readonly<Record<ProviderId, InstanceConfig>> = {
  aws: instanceOf('aws'),
  google: instanceOf('google'),
  azure: instanceOf('azure'),
};

function instanceOf(provider: ProviderId): InstanceConfig {
  const { memoryMiB, timeoutSeconds } = defaultFunctions[provider];
  return { memoryMiB, timeoutMs: timeoutSeconds * 1000 };
}
