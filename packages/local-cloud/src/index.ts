export type { ProviderStatus, Status } from './control/control-api.ts';
export { LocalCloudError, PortInUseError } from './errors.ts';
export type {
  InstanceConfig,
  InvocationRecord,
  LocalCloud,
  LocalCloudEvent,
  LocalCloudOptions,
  ProviderId,
} from './options.ts';
export { startLocalCloud } from './start-local-cloud.ts';
