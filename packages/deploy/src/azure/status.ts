import type { Status } from '../engine/cloud.ts';
import { notDeployed } from '../engine/not-deployed.ts';
import type { Target } from '../engine/target.ts';
import { done } from './deploy.ts';
import { findDeployment, findGroup, isBusy } from './group.ts';
import { changing } from './names.ts';
import type { Session } from './session.ts';
import { findOutputs } from './outputs.ts';
import { findSite } from './site.ts';

/** What is deployed now. */
export async function status(target: Target, session: Session): Promise<Status> {
  const group = await findGroup(target, session);
  if (group === null) return notDeployed;
  const deployment = await findDeployment(group, session);
  const outputs = await findOutputs(group, session);
  const site = outputs === null ? null : await findSite(outputs.siteId, session);
  const archive = group.archive === changing ? null : group.archive;
  const facts = [
    ['resource group', group.name],
    ['region', group.location],
    ['app', site?.name],
    ['app state', site?.state],
    ['runtime', site?.runtime],
    ['memory', site?.memoryMiB && `${site.memoryMiB} MiB`],
    ['concurrency', site?.concurrency && String(site.concurrency)],
    ['max instances', site?.maxInstances && String(site.maxInstances)],
    ['app identity', site?.principalId],
    ['deployment', deployment?.properties?.provisioningState],
    ['subscription', session.subscription],
  ] as const;
  return {
    isDeployed: site !== null && archive !== null,
    state: deployment?.properties?.provisioningState ?? group.state,
    isBusy: await isBusy(group, session),
    url: site === null ? null : done(site, false, session).url,
    noUrlBecause: null,
    changedAt: group.changedAt,
    archiveSha256: archive,
    previousArchiveSha256: group.previous,
    facts: facts.flatMap(([name, value]) => (value ? [{ name, value }] : [])),
  };
}
