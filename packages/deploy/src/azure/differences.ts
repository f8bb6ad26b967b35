import type { Archive } from '../archive/archive.ts';
import type { Difference } from '../engine/plan.ts';
import type { Target } from '../engine/target.ts';
import { findGroup } from './group.ts';
import { changing } from './names.ts';
import { settingsHash, toParameters } from './parameters.ts';
import { plannedResources } from './plan.ts';
import type { Session } from './session.ts';
import { findOutputs } from './outputs.ts';
import { findSite, readSettings, type Site } from './site.ts';
import { nodeVersion } from './template.ts';

/**
 * What differs between a target and what is deployed. Read from the app itself: Resource Manager's what-if tells of
 * changes that are none (https://learn.microsoft.com/azure/azure-resource-manager/templates/deploy-what-if, "noise").
 */
export async function differences(
  target: Target,
  archive: Archive,
  session: Session,
): Promise<readonly Difference[]> {
  const group = await findGroup(target, session);
  const outputs = group === null ? null : await findOutputs(group, session);
  const site = outputs === null ? null : await findSite(outputs.siteId, session);
  if (group === null || site === null) {
    return plannedResources(target)
      .filter(({ type }) => group === null || type !== 'Microsoft.Resources/resourceGroups')
      .map(({ type, name }) => ({ what: type, deployed: null, planned: name }));
  }
  const found = [
    ...different('region', group.location, target.region),
    ...scaleDifferences(site, target),
    ...variableDifferences(await readSettings(site.id, session), target),
    ...different('archive', group.archive === changing ? null : group.archive, archive.sha256),
  ];
  const isAsRecorded = group.settings === settingsHash(target);
  if (found.some(({ what }) => what !== 'archive') || isAsRecorded) return found;
  return [
    { what: 'template', deployed: group.settings ?? 'unknown', planned: settingsHash(target) },
    ...found,
  ];
}

function scaleDifferences(site: Site, target: Target): readonly Difference[] {
  const planned = toParameters(target);
  return [
    ...different('memory', text(site.memoryMiB), String(planned.instanceMemoryMB)),
    ...different('concurrency', text(site.concurrency), String(planned.perInstanceConcurrency)),
    ...different('max instances', text(site.maxInstances), String(planned.maximumInstanceCount)),
    ...different('runtime', site.runtime, `node ${nodeVersion}`),
  ];
}

function text(value: number | null): string | null {
  return value === null ? null : String(value);
}

const hidden = 'a value (not shown)';

/** The user's variables by name alone: a value may be what nobody should read over a shoulder. */
function variableDifferences(
  deployed: Readonly<Record<string, string>> | null,
  target: Target,
): readonly Difference[] {
  if (deployed === null) return [];
  const { settings, environment, secrets } = toParameters(target);
  const planned = { ...environment, ...secrets, ...settings };
  const ours = new Set([
    ...Object.keys(planned),
    'AzureWebJobsStorage__accountName',
    'APPLICATIONINSIGHTS_CONNECTION_STRING',
  ]);
  const before = (name: string) => {
    const there = deployed[name];
    if (there === undefined) return null;
    return settings[name] === undefined ? 'another value (not shown)' : there;
  };
  return [
    ...Object.entries(planned)
      .filter(([name, value]) => deployed[name] !== value)
      .map(([name, value]) => ({
        what: name,
        deployed: before(name),
        planned: settings[name] === undefined ? hidden : value,
      })),
    ...Object.keys(deployed)
      .filter((name) => !ours.has(name))
      .map((name) => ({ what: name, deployed: hidden, planned: null })),
  ];
}

function different(what: string, deployed: string | null, planned: string): readonly Difference[] {
  return deployed === planned ? [] : [{ what, deployed, planned }];
}
