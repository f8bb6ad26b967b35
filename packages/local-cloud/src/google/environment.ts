/** What is said of a function in its environment. */
export interface GoogleEnvironmentOptions {
  readonly socketPath: string;
  readonly source: string;
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
    FUNCTION_SOURCE: options.source,
    FUNCTION_TARGET: 'tricloud',
    FUNCTION_TIMEOUT_SEC: String(Math.ceil(options.timeoutMs / 1000)),
    // Without it the framework keeps /favicon.ico and /robots.txt from the function.
    IGNORED_ROUTES: '',
    K_CONFIGURATION: 'tricloud',
    K_REVISION: `tricloud-${String(options.revision).padStart(5, '0')}-loc`,
    K_SERVICE: 'tricloud',
    // Every line that is logged then carries the execution id that the front chose.
    LOG_EXECUTION_ID: 'true',
    // As Google's buildpack sets it: the framework then shows no stack to the client.
    NODE_ENV: 'production',
    PORT: options.socketPath,
    // Cloud Run tells no instance how large it is; this is what a deployment would set.
    TRICLOUD_MEMORY_MIB: String(options.memoryMiB),
  };
}
