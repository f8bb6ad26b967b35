import { randomUUID } from 'node:crypto';
import type { Invocation } from '../index.ts';
import { isFields } from './shape.ts';

/** Makes the invocations of one instance, of which the first is the cold start. */
export function invocations(): (context: unknown) => Invocation {
  let coldStart = true;
  // What the environment says does not change in the life of an instance.
  let instance: Pick<Invocation, 'region' | 'runtime' | 'memoryMiB'> | undefined;
  return (context) => {
    instance ??= describeInstance(context);
    const invocation: Invocation = {
      provider: 'aws',
      id: textOf(context, 'awsRequestId') ?? randomUUID(),
      functionName:
        textOf(context, 'functionName') ?? process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? 'function',
      region: instance.region,
      runtime: instance.runtime,
      memoryMiB: instance.memoryMiB,
      coldStart,
      remainingMs: () => remainingMs(context),
    };
    coldStart = false;
    return invocation;
  };
}

function describeInstance(context: unknown): Pick<Invocation, 'region' | 'runtime' | 'memoryMiB'> {
  const { env } = process;
  const memory = Number(
    env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? textOf(context, 'memoryLimitInMB') ?? Number.NaN,
  );
  return {
    region: env['AWS_REGION'] ?? 'local',
    runtime:
      env['AWS_EXECUTION_ENV']?.replace(/^AWS_Lambda_/, '') ??
      `nodejs${process.versions.node.split('.', 1)[0]}.x`,
    memoryMiB: Number.isFinite(memory) ? memory : null,
  };
}

function remainingMs(context: unknown): number {
  if (!isFields(context)) return Infinity;
  const { getRemainingTimeInMillis: remaining } = context;
  const ms: unknown = typeof remaining === 'function' ? remaining.call(context) : Infinity;
  return typeof ms === 'number' ? ms : Infinity;
}

function textOf(context: unknown, name: string): string | undefined {
  const value = isFields(context) ? context[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
