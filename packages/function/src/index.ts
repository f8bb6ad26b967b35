import type { FetchHandler } from '@tricloud/adapters';

/** The function that ships. */
export const handler: FetchHandler = (_request, invocation) =>
  Response.json({
    provider: invocation.provider,
    region: invocation.region,
    runtime: invocation.runtime,
    memoryMiB: invocation.memoryMiB,
    invocationId: invocation.id,
    coldStart: invocation.coldStart,
  });
