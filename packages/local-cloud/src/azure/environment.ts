/**
 * The variables that the Functions platform sets for an app, in addition to those of the host.
 * Source: https://learn.microsoft.com/azure/azure-functions/functions-app-settings
 */
export function azureEnvironment(memoryMiB: number): Record<string, string> {
  return {
    FUNCTIONS_EXTENSION_VERSION: '~4',
    FUNCTIONS_WORKER_RUNTIME: 'node',
    REGION_NAME: 'local',
    WEBSITE_INSTANCE_MEMORY_MB: String(memoryMiB),
    WEBSITE_SITE_NAME: 'tricloud',
  };
}
