export type { BuildAppOptions, BuiltApp, BuiltFile } from './build/app-builder.ts';
export { buildApp } from './build/build-app.ts';
export type { ProviderStatus, Status } from './control/control-api.ts';
export { BuildFailedError, LocalCloudError, PortInUseError } from './errors.ts';
export type {
  InstanceConfig,
  InvocationRecord,
  LocalCloud,
  LocalCloudEvent,
  LocalCloudOptions,
  ProviderId,
} from './options.ts';
export { startLocalCloud } from './start-local-cloud.ts';
