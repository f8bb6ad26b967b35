/** Values of the environment that differ between functions. */
export interface LambdaEnvironmentOptions {
  readonly functionName: string;
  readonly memoryMiB: number;
  readonly taskRoot: string;
  /** `host:port` of the instance's own Runtime API. */
  readonly runtimeApi: string;
  readonly region: string;
  readonly logStream: string;
  /** Version of the Node that runs the function. */
  readonly nodeVersion: string;
}

/**
 * The variables Lambda sets.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function lambdaEnvironment(options: LambdaEnvironmentOptions): Record<string, string> {
  return {
    _HANDLER: 'index.handler',
    AWS_DEFAULT_REGION: options.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${options.nodeVersion.split('.')[0]}.x`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(options.memoryMiB),
    AWS_LAMBDA_FUNCTION_NAME: options.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: 'Text',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${options.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: options.logStream,
    AWS_LAMBDA_RUNTIME_API: options.runtimeApi,
    AWS_REGION: options.region,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    LAMBDA_TASK_ROOT: options.taskRoot,
    NODE_PATH: '',
    TZ: ':UTC',
  };
}
