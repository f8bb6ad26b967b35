import type { Driver } from '../../engine/driver.ts';
import { factsOf } from '../../engine/status.ts';
import { endpointOf } from '../credentials/environment.ts';
import type { AwsSession } from '../credentials/session.ts';
import { stackName } from '../template/names.ts';
import { functionIn, toText } from '../template/parse-template.ts';
import { differences } from './differences.ts';
import { isBusy, readStack, type Stack } from './read-stack.ts';
import { settle } from './settle.ts';
import { remainingResources } from './stack-resources.ts';

const facts = [
  ['function', 'FunctionName'],
  ['runtime', 'Runtime'],
  ['architecture', 'Architectures'],
  ['memory (MiB)', 'MemorySize'],
  ['time-out (s)', 'Timeout'],
  ['instances at most', 'ReservedConcurrentExecutions'],
] as const;

export const state: Driver<AwsSession, Stack>['state'] = {
  read: readStack,
  settle: (session, _archive, found) => settle(session, found),
  differences: (session, deploymentPackage, found) =>
    Promise.resolve(differences(session, deploymentPackage, found)),
  toStatus({ target, env }, stack) {
    const deployed = stack.hasFunction ? functionIn(stack.template) : undefined;
    const endpoint = endpointOf(env);
    const noUrlBecause =
      endpoint === null
        ? 'the stack has no URL'
        : `${endpoint.host} answers in place of AWS, and functions there have no public URL`;
    return {
      isDeployed: stack.hasFunction,
      state: stack.status,
      isBusy: isBusy(stack.status),
      url: stack.url,
      noUrlBecause: stack.hasFunction && stack.url === null ? noUrlBecause : null,
      changedAt: stack.changedAt,
      packageSha256: stack.record.ArchiveSha256 ?? null,
      previousPackageSha256: stack.record.PreviousArchiveSha256 ?? null,
      facts: factsOf([
        ['stack', stack.name],
        ['region', target.region],
        ...facts.map(([name, property]) => {
          const value = deployed?.Properties[property];
          return [name, value === undefined ? null : toText(value)] as const;
        }),
      ]),
    };
  },
  leftBehind: (session) => remainingResources(session.afterAbort(), stackName(session.target)),
};
