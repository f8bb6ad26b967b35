import type { Status } from '../engine/cloud.ts';
import { notDeployed } from '../engine/not-deployed.ts';
import { isBusy } from './deployed-function.ts';
import { fromLabels } from './labels.ts';
import type { Run } from './run.ts';
import { urlOf } from './url.ts';

/** What is deployed now. */
export async function status({ functions, endpoints, names }: Run): Promise<Status> {
  const found = await functions.get();
  if (found === null) return notDeployed;
  const { isOurs, archiveSha256, previous } = fromLabels(found.labels);
  const { service, stateMessages } = found;
  const facts: readonly (readonly [string, string | number | null])[] = [
    ['function', names.function],
    ['made by tricloud', isOurs ? 'yes' : 'no'],
    ['runtime', found.runtime],
    ['memory', service.memory],
    ['vCPU', service.cpu],
    ['time-out', service.timeoutSeconds === null ? null : `${service.timeoutSeconds} s`],
    ['concurrency', service.concurrency],
    ['max instances', service.maxInstances],
    ['revision', service.revision],
    ['runs as', service.serviceAccount],
    ...stateMessages.map(
      ({ severity, message }) => [severity?.toLowerCase() ?? 'message', message] as const,
    ),
  ];
  return {
    isDeployed: true,
    state: found.state,
    isBusy: isBusy(found),
    url: urlOf(endpoints, found).url,
    noUrlBecause: null,
    changedAt: found.changedAt,
    archiveSha256,
    previousArchiveSha256: previous?.archiveSha256 ?? null,
    facts: facts.flatMap(([name, value]) =>
      value === null || value === '' ? [] : [{ name, value: String(value) }],
    ),
  };
}
