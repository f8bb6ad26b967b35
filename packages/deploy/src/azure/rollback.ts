import type { Deployment, DeployContext } from '../engine/cloud.ts';
import { NothingDeployedError } from '../engine/errors.ts';
import type { Target } from '../engine/target.ts';
import { done, now } from './deploy.ts';
import { findGroup, refuseBusy, tagGroup } from './group.ts';
import { baseName, changing, tags } from './names.ts';
import { publish } from './publish.ts';
import { readArchive } from './releases.ts';
import type { Session } from './session.ts';
import { findOutputs } from './outputs.ts';
import { findSite } from './site.ts';

/** Publishes the archive before this one, which the group remembers; the settings stay as they are. */
export async function rollback(
  target: Target,
  session: Session,
  onStep: DeployContext['onStep'],
): Promise<Deployment> {
  const group = await findGroup(target, session);
  const outputs = group === null ? null : await findOutputs(group, session);
  const site = outputs === null ? null : await findSite(outputs.siteId, session);
  if (group === null || outputs === null || site === null) throw nothingDeployed(target, session);
  await refuseBusy(group, session);
  if (group.previous === null) {
    throw new NothingDeployedError('azure', 'there is no archive before this one to go back to', {
      hint: session.command('deploy'),
    });
  }
  const step = 'fetch the archive before this one';
  onStep({ name: step, state: 'started', detail: group.previous });
  const bytes = await readArchive(outputs.blobEndpoint, group.previous, session);
  onStep({ name: step, state: 'done', detail: group.previous });
  // While it is published the group remembers where it goes, so that a second try goes there too.
  await tagGroup(group, { [tags.archive]: changing }, session);
  await publish(site, bytes, session, onStep);
  const isKnown = group.archive !== null && group.archive !== changing;
  const back = isKnown ? { [tags.previous]: group.archive ?? '' } : {};
  await tagGroup(
    group,
    { ...back, [tags.archive]: group.previous, [tags.changedAt]: now(session) },
    session,
  );
  return done(site, true, session);
}

/** Nothing is deployed under this name and stage. */
export function nothingDeployed(target: Target, { command }: Session): NothingDeployedError {
  return new NothingDeployedError('azure', `nothing is deployed as ${baseName(target)}`, {
    hint: command('deploy'),
  });
}
