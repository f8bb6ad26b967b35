/** Variables of this process that mean this process and no other. */
const notPassed =
  /^(?:npm_|NODE_OPTIONS$|NODE_CHANNEL_|NODE_UNIQUE_ID$|NODE_V8_COVERAGE$|VITEST|TRICLOUD_PORT_)/;

/**
 * A child's environment: this process's own, as every provider's local tool passes it on, then the user's
 * (`.env`), then the provider's, which win.
 */
export function childEnvironment(
  own: Readonly<Record<string, string>>,
  provider: Readonly<Record<string, string>>,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !notPassed.test(name)) env[name] = value;
  }
  return { ...env, ...own, ...provider };
}
