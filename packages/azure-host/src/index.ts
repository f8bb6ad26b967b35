export { formatFunctionList } from './function-list.ts';
export type {
  Host,
  HostFunction,
  HostInvocation,
  HostLogLine,
  HostOptions,
  LogLevel,
} from './host-types.ts';
export { AppLoadError, startHost } from './host.ts';
export { formatLogLine } from './log-text.ts';
export { readLocalSettings, type LocalSettings } from './settings/local-settings.ts';
export { SettingsError } from './settings/settings-error.ts';
