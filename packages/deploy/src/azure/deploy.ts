import type { Archive } from '../archive/archive.ts';
import type { Deployment, DeployContext } from '../engine/cloud.ts';
import { DeployError } from '../engine/errors.ts';
import type { Target } from '../engine/target.ts';
import { applyTemplate } from './apply-template.ts';
import { isLoopbackHost, urlOfHost } from './endpoints.ts';
import { readFailure } from './failure.ts';
import { readFlexRegions } from './flex-offer.ts';
import { createGroup, findGroup, type Group, refuseBusy, tagGroup } from './group.ts';
import { changing, tags } from './names.ts';
import { settingsHash } from './parameters.ts';
import { publish } from './publish.ts';
import { keepArchive } from './releases.ts';
import type { Session } from './session.ts';
import { findOutputs, type Outputs } from './outputs.ts';
import { findSite, type Site } from './site.ts';

/**
 * Brings Azure to what the target and the archive say. What is recorded there as done is not done again, so a second
 * run sends nothing, and the run after an interruption goes on where that one was.
 */
export async function deploy(
  target: Target,
  archive: Archive,
  session: Session,
  onStep: DeployContext['onStep'],
): Promise<Deployment> {
  const hash = settingsHash(target);
  const found = await findGroup(target, session);
  if (found !== null) {
    await refuseBusy(found, session);
    refuseMove(found, target, session);
  }
  const group = found ?? (await startGroup(target, session, onStep));
  if (found !== null) onStep({ name: groupStep, state: 'skipped', detail: 'it is there' });

  const { outputs, site, isChanged, isNewApp } = await ensureResources(
    { target, group, hash },
    session,
    onStep,
  );
  if (group.archive !== archive.sha256 || isNewApp) {
    await publishArchive({ target, group, archive, outputs, site, hash }, session, onStep);
    return done(site, true, session);
  }
  onStep({ name: 'publish the archive', state: 'skipped', detail: 'it runs already' });
  return done(site, isChanged, session);
}

const groupStep = 'create the resource group';

async function startGroup(
  target: Target,
  session: Session,
  onStep: DeployContext['onStep'],
): Promise<Group> {
  onStep({ name: groupStep, state: 'started' });
  const regions = await readFlexRegions(session);
  if (regions !== null && !regions.includes(target.region)) {
    throw new DeployError(
      'azure',
      `Flex Consumption is not in ${target.region}, or not for this subscription; nothing was created`,
      { hint: 'az functionapp list-flexconsumption-locations -o table' },
    );
  }
  const group = await createGroup(target, session);
  onStep({ name: groupStep, state: 'done', detail: group.name });
  return group;
}

function refuseMove(group: Group, target: Target, { command }: Session): void {
  if (group.location.toLowerCase().replaceAll(' ', '') === target.region) return;
  throw new DeployError(
    'azure',
    `the resource group ${group.name} is in ${group.location}, and a group cannot move to ${target.region}`,
    { hint: `take another --stage, or ${command('remove')} first` },
  );
}

interface Resources {
  readonly outputs: Outputs;
  readonly site: Site;
  readonly isChanged: boolean;
  /** True for an app that was not there before, and so has no archive. */
  readonly isNewApp: boolean;
}

async function ensureResources(
  {
    target,
    group,
    hash,
  }: { readonly target: Target; readonly group: Group; readonly hash: string },
  session: Session,
  onStep: DeployContext['onStep'],
): Promise<Resources> {
  const known = await findOutputs(group, session);
  const there = known === null ? null : await findSite(known.siteId, session);
  if (known !== null && there !== null && group.settings === hash) {
    onStep({ name: 'deploy the template', state: 'skipped', detail: 'it is as it should be' });
    return { outputs: known, site: there, isChanged: false, isNewApp: false };
  }
  // Whatever happens from here on, the group does not claim to be as it was.
  await tagGroup(group, { [tags.settings]: changing }, session);
  const outputs = await applyTemplate(target, group.name, session, onStep);
  const site = await findSite(outputs.siteId, session);
  if (site === null) throw new DeployError('azure', 'the function app is gone again');
  await tagGroup(group, { [tags.settings]: hash, [tags.changedAt]: now(session) }, session);
  return { outputs, site, isChanged: true, isNewApp: there === null };
}

/** An archive, and where it is to run. */
interface Publication {
  readonly target: Target;
  readonly group: Group;
  readonly archive: Archive;
  readonly outputs: Outputs;
  readonly site: Site;
  /** Of the settings. */
  readonly hash: string;
}

async function publishArchive(
  publication: Publication,
  session: Session,
  onStep: DeployContext['onStep'],
): Promise<void> {
  const { group, archive, site } = publication;
  const step = 'keep the archive for a rollback';
  onStep({ name: step, state: 'started' });
  const onWait = () =>
    onStep({ name: step, state: 'progress', detail: 'the role on the container is on its way' });
  await keep(publication, session, onStep, onWait);
  onStep({ name: step, state: 'done' });
  const isKnown = ![null, changing, archive.sha256].includes(group.archive);
  const previous = isKnown ? group.archive : group.previous;
  const before = previous === null ? {} : { [tags.previous]: previous };
  await tagGroup(group, { ...before, [tags.archive]: changing }, session);
  await publish(site, archive.bytes, session, onStep);
  await tagGroup(
    group,
    { [tags.archive]: archive.sha256, [tags.changedAt]: now(session) },
    session,
  );
}

/** Whoever deploys here for the first time has no role on the container yet: the template gives it. */
async function keep(
  { target, group, archive, outputs, hash }: Publication,
  session: Session,
  onStep: DeployContext['onStep'],
  onWait: () => void,
): Promise<void> {
  const isFresh = group.settings !== hash;
  if (isFresh) return keepArchive(outputs.blobEndpoint, archive, session, onWait);
  try {
    const once = { ...session, pace: { ...session.pace, propagationTries: 1 } };
    await keepArchive(outputs.blobEndpoint, archive, once, onWait);
  } catch (error) {
    if (readFailure(error).status !== 403) throw error;
    await applyTemplate(target, group.name, session, onStep);
    await keepArchive(outputs.blobEndpoint, archive, session, onWait);
  }
  return undefined;
}

/** What a deployment or a rollback came to. */
export function done(site: Site, isChanged: boolean, { endpoints }: Session): Deployment {
  const url = urlOfHost(site.host, endpoints);
  if (!endpoints.isLoopback || isLoopbackHost(new URL(url).hostname)) {
    return { isChanged, id: null, url, noUrlBecause: null };
  }
  return {
    isChanged,
    id: null,
    url: null,
    noUrlBecause: `Azure stands at ${endpoints.resourceManager}, where the app’s own host ${site.host} cannot be asked`,
  };
}

/** ISO 8601. */
export function now({ pace }: Session): string {
  return new Date(pace.now()).toISOString();
}
