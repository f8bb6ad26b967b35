import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Deployment, deployment } from '../deployment.ts';
import type { Invocation } from '../index.ts';

// Cloud Run tells an instance neither (https://cloud.google.com/run/docs/container-contract#env-vars); the first generation told both.
const regionNames = ['FUNCTION_REGION', 'GOOGLE_CLOUD_REGION', 'CLOUD_RUN_REGION'];
const memoryNames = ['FUNCTION_MEMORY_MB'];

/** Makes the invocations of one instance, of which the first is the cold start. */
export function invocations(): (headers: IncomingHttpHeaders) => Invocation {
  let coldStart = true;
  // It does not change in the life of an instance.
  let instance: Deployment | undefined;
  return (headers) => {
    const { env } = process;
    instance ??= deployment(regionNames, memoryNames);
    const timeoutS = positive(env['CLOUD_RUN_TIMEOUT_SECONDS'] ?? env['FUNCTION_TIMEOUT_SEC']);
    const startedAt = performance.now();
    const invocation: Invocation = {
      provider: 'google',
      id: requestId(headers) ?? randomUUID(),
      functionName: env['K_SERVICE'] ?? env['FUNCTION_TARGET'] ?? 'function',
      ...instance,
      runtime: env['GOOGLE_RUNTIME'] ?? `nodejs${process.versions.node.split('.', 1)[0]}`,
      coldStart,
      remainingMs: () =>
        timeoutS === undefined
          ? Infinity
          : Math.max(0, timeoutS * 1000 - (performance.now() - startedAt)),
    };
    coldStart = false;
    return invocation;
  };
}

/** The execution id of the first generation, or the trace that Cloud Run begins for every request. */
function requestId(headers: IncomingHttpHeaders): string | undefined {
  const execution = headers['function-execution-id'];
  if (typeof execution === 'string' && execution !== '') return execution;
  const trace = headers['x-cloud-trace-context'];
  const id = typeof trace === 'string' ? trace.split('/', 1)[0] : undefined;
  return id === '' ? undefined : id;
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}
