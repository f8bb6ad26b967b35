import { randomUUID } from 'node:crypto';
import { type Deployment, deployment } from '../deployment.ts';
import type { Invocation } from '../index.ts';
import type { AzureInvocationContext } from './types.ts';

// REGION_NAME: https://github.com/Azure/azure-functions-host/blob/dev/src/WebJobs.Script/Environment/EnvironmentSettingNames.cs.
// Microsoft documents no variable for memory; Flex Consumption has been seen to set the first, Windows the second.
const regionNames = ['REGION_NAME'];
const memoryNames = ['WEBSITE_INSTANCE_MEMORY_MB', 'WEBSITE_MEMORY_LIMIT_MB'];

/** Makes the invocations of one instance, of which the first is the cold start. */
export function invocations(): (
  context: Partial<AzureInvocationContext> | undefined,
) => Invocation {
  let coldStart = true;
  // It does not change in the life of an instance.
  let instance: Deployment | undefined;
  return (context) => {
    const { env } = process;
    instance ??= deployment(regionNames, memoryNames);
    const startedAt = performance.now();
    const timeoutMs = timeSpanMs(env['AzureFunctionsJobHost__functionTimeout']);
    const invocation: Invocation = {
      provider: 'azure',
      id: context?.invocationId ?? randomUUID(),
      functionName: context?.functionName ?? 'function',
      ...instance,
      runtime: `node${process.versions.node.split('.', 1)[0]}`,
      coldStart,
      // host.json is not told to the worker; only what overrides it is.
      remainingMs: () =>
        timeoutMs === undefined
          ? Infinity
          : Math.max(0, timeoutMs - (performance.now() - startedAt)),
    };
    coldStart = false;
    return invocation;
  };
}

/** A .NET time span such as `00:05:00`; `-1` means that there is no end. */
function timeSpanMs(text: string | undefined): number | undefined {
  const parts = /^(?:(\d+)\.)?(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?$/.exec(text ?? '');
  if (parts === null) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
