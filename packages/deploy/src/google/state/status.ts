import type { Status } from '../../engine/cloud.ts';
import { factsOf, notDeployed } from '../../engine/status.ts';
import type { Endpoints } from '../credentials/endpoints.ts';
import type { GoogleSession } from '../credentials/session.ts';
import { fromLabels } from '../template/labels.ts';
import { type DeployedFunction, isBusy } from './deployed-function.ts';

/** A function as `status` reports it. */
export function toStatus(session: GoogleSession, found: DeployedFunction | null): Status {
  if (found === null) return notDeployed;
  const { sha256, previous } = fromLabels(found.labels);
  const { buildConfig, serviceConfig: service, stateMessages } = found;
  const facts = factsOf([
    ['function', session.names.function],
    ['runtime', buildConfig.runtime],
    ['memory', service.availableMemory],
    ['vCPU', service.availableCpu],
    ['time-out', service.timeoutSeconds && `${service.timeoutSeconds} s`],
    ['concurrency', service.maxInstanceRequestConcurrency],
    ['max instances', service.maxInstanceCount],
    ['revision', service.revision],
    ['runs as', service.serviceAccountEmail],
    ...stateMessages.map(
      ({ severity, message }) => [severity.toLowerCase() || 'message', message] as const,
    ),
  ]);
  return {
    isDeployed: true,
    state: found.state,
    isBusy: isBusy(found),
    ...urlOf(session.endpoints, service.uri),
    changedAt: found.updateTime === undefined ? null : new Date(found.updateTime).toISOString(),
    packageSha256: sha256,
    previousPackageSha256: previous?.sha256 ?? null,
    facts,
  };
}

/** The public URL, unless the function is not at Google. */
export function urlOf(endpoints: Endpoints, uri: string): Pick<Status, 'url' | 'noUrlBecause'> {
  if (uri === '') return { url: null, noUrlBecause: 'the function has no URL' };
  const { overriddenBy, url } = endpoints('cloudfunctions');
  // A private endpoint of Google's is one as well: the function behind it has its public URL.
  if (overriddenBy === null || url.hostname.endsWith('.googleapis.com')) {
    return { url: uri, noUrlBecause: null };
  }
  return { url: null, noUrlBecause: `${overriddenBy} is ${url.host}, which is not Google` };
}
