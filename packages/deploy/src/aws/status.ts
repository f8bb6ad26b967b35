import type { Status } from '../engine/cloud.ts';
import { notDeployed } from '../engine/not-deployed.ts';
import type { Access } from './access.ts';
import { cloudFormation } from './clients.ts';
import { functionIn, isBusy, readStack } from './stack.ts';
import { inWords } from './template.ts';

const facts = [
  ['function', 'FunctionName'],
  ['runtime', 'Runtime'],
  ['architecture', 'Architectures'],
  ['memory (MiB)', 'MemorySize'],
  ['time-out (s)', 'Timeout'],
  ['instances at most', 'ReservedConcurrentExecutions'],
] as const;

/** What is deployed now, as the stack says it. */
export async function status(access: Access): Promise<Status> {
  const stack = await readStack(access, await cloudFormation(access));
  if (stack === null) return notDeployed;
  const deployed = stack.hasFunction ? functionIn(stack.template) : undefined;
  return {
    isDeployed: stack.hasFunction,
    state: stack.status,
    isBusy: isBusy(stack.status),
    url: stack.url,
    noUrlBecause: null,
    changedAt: stack.changedAt,
    archiveSha256: stack.record.ArchiveSha256 ?? null,
    previousArchiveSha256: stack.record.PreviousArchiveSha256 ?? null,
    facts: [
      { name: 'stack', value: stack.name },
      { name: 'region', value: access.target.region },
      ...facts.flatMap(([name, property]) => {
        const value = deployed?.Properties[property];
        return value === undefined ? [] : [{ name, value: inWords(value) }];
      }),
    ],
  };
}
