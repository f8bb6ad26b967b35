/** Thrown when `host.json`, `local.settings.json` or `package.json` of an app cannot be used. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}
