/** Values of the environment that differ between instances. */
export interface GoogleEnvironmentOptions {
  readonly socketPath: string;
  readonly appDir: string;
  readonly memoryMiB: number;
  readonly timeoutMs: number;
  readonly revision: number;
}

/**
 * The variables Cloud Run functions and functions-framework set and read.
 * Sources: https://cloud.google.com/run/docs/container-contract#env-vars,
 * https://github.com/GoogleCloudPlatform/functions-framework-nodejs#configure-the-functions-framework
 */
export function googleEnvironment(options: GoogleEnvironmentOptions): Record<string, string> {
  return {
    CLOUD_RUN_TIMEOUT_SECONDS: String(Math.ceil(options.timeoutMs / 1000)),
    FUNCTION_SIGNATURE_TYPE: 'http',
    FUNCTION_SOURCE: options.appDir,
    FUNCTION_TARGET: 'tricloud',
    FUNCTION_TIMEOUT_SEC: String(Math.ceil(options.timeoutMs / 1000)),
    // Without it the framework answers /favicon.ico and /robots.txt in the function's place.
    IGNORED_ROUTES: '',
    K_CONFIGURATION: 'tricloud',
    K_REVISION: `tricloud-${String(options.revision).padStart(5, '0')}-loc`,
    K_SERVICE: 'tricloud',
    // Every log line then carries the execution id that the front chose.
    LOG_EXECUTION_ID: 'true',
    // As Google's buildpack sets it: the framework then shows no stack to the client.
    NODE_ENV: 'production',
    PORT: options.socketPath,
    // Cloud Run does not set the size of an instance; a deployment would set it so.
    TRICLOUD_MEMORY_MIB: String(options.memoryMiB),
  };
}
