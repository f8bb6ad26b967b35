import { inProgress } from '../../engine/refusals.ts';
import type { Driver } from '../../engine/driver.ts';
import { isLoopback } from '../../engine/endpoint.ts';
import { DeployError } from '../../engine/errors.ts';
import { urlOfHost } from '../credentials/endpoints.ts';
import { factsOf } from '../../engine/status.ts';
import type { AzureSession } from '../credentials/session.ts';
import { differences } from './differences.ts';
import { findGroup, type Group } from './group.ts';
import { leftBehind } from './resources.ts';
import { type Deployed, findSite, type Site } from './site.ts';

/** What is deployed, as the resource group's tags and the app say. */
export const state: Driver<AzureSession, Deployed>['state'] = {
  async read(session) {
    const group = await findGroup(session);
    return group && { group, site: await findSite(session), isNew: false };
  },
  async settle(session, _deploymentPackage, found) {
    if (found?.group.isBusy === true) throw inProgress(session, found.group.state);
    if (found !== null) refuseMove(session, found.group);
    return found;
  },
  differences: async ({ target }, deploymentPackage, found) =>
    differences(target, deploymentPackage, found),
  toStatus(session, { group, site }) {
    const { deploymentPackage, previous } = group;
    return {
      // The previous package answers while another is published.
      isDeployed: site !== null && (deploymentPackage ?? previous) !== null,
      state: group.state,
      isBusy: group.isBusy,
      ...urlOf(session, site),
      changedAt: group.changedAt,
      packageSha256: deploymentPackage,
      previousPackageSha256: previous,
      facts: facts(session, group, site),
    };
  },
  leftBehind,
};

function refuseMove({ target, nextCommand }: AzureSession, { name, location }: Group): void {
  if (location.toLowerCase().replaceAll(' ', '') === target.region) return;
  const message = `the resource group ${name} is in ${location}, and a group cannot move to ${target.region}: remove it, or pass another --stage`;
  throw new DeployError('azure', message, { hint: nextCommand('remove') });
}

function urlOf({ endpoints }: AzureSession, site: Site | null) {
  const url = site && urlOfHost(site.host, endpoints);
  if (url === null || !endpoints.isLoopback || isLoopback(new URL(url))) {
    return { url, noUrlBecause: null };
  }
  const noUrlBecause = `Azure is at ${endpoints.resourceManager}, where the app’s host ${site?.host} cannot be reached`;
  return { url: null, noUrlBecause };
}

function facts({ subscription }: AzureSession, group: Group, site: Site | null) {
  return factsOf([
    ['resource group', group.name],
    ['region', group.location],
    ['app', site?.name],
    ['app state', site?.state],
    ['runtime', site?.runtime],
    ['memory', site?.memoryMiB && `${site.memoryMiB} MiB`],
    ['concurrency', site?.concurrency],
    ['max instances', site?.maxInstances],
    ['app identity', site?.principalId],
    ['deployment', group.state],
    ['subscription', subscription],
  ]);
}
