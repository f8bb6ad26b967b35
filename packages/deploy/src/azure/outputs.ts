import * as v from 'valibot';
import { findDeployment, type Group, orNull } from './group.ts';
import { listResources } from './inventory.ts';
import type { Session } from './session.ts';

const OutputsSchema = v.object({
  siteId: v.object({ value: v.string() }),
  blobEndpoint: v.object({ value: v.string() }),
  workspaceId: v.object({ value: v.string() }),
});

/** Where what the template makes is. */
export interface Outputs {
  readonly siteId: string;
  /** Such as `https://….blob.core.windows.net/`. */
  readonly blobEndpoint: string;
  readonly workspaceId: string;
}

/** Reads the outputs of a deployment; null where it has none, because it never was done. */
export function readOutputs(outputs: unknown): Outputs | null {
  const read = v.safeParse(OutputsSchema, outputs);
  if (!read.success) return null;
  const { siteId, blobEndpoint, workspaceId } = read.output;
  return {
    siteId: siteId.value,
    blobEndpoint: blobEndpoint.value,
    workspaceId: workspaceId.value,
  };
}

const StorageSchema = v.object({
  properties: v.object({ primaryEndpoints: v.object({ blob: v.string() }) }),
});

/**
 * Where everything is, as the last deployment told it. One that failed tells nothing, though what was there before
 * it still is: then the group itself is looked at. Null where the app was never made.
 */
export async function findOutputs(group: Group, session: Session): Promise<Outputs | null> {
  const deployment = await findDeployment(group, session);
  return readOutputs(deployment?.properties?.outputs) ?? lookForOutputs(group, session);
}

async function lookForOutputs(group: Group, session: Session): Promise<Outputs | null> {
  const ours = (await listResources(group, session)).filter(({ isOurs }) => isOurs);
  const idOf = (type: string) => ours.find((each) => each.type.toLowerCase() === type)?.id;
  const siteId = idOf('microsoft.web/sites');
  const storageId = idOf('microsoft.storage/storageaccounts');
  const workspaceId = idOf('microsoft.operationalinsights/workspaces');
  if (siteId === undefined || storageId === undefined || workspaceId === undefined) return null;
  const { arm, signal } = session;
  const found = await orNull(() =>
    arm.resources.getById(storageId.replace(/^\//, ''), '2024-01-01', { abortSignal: signal }),
  );
  const read = v.safeParse(StorageSchema, found);
  if (!read.success) return null;
  return { siteId, workspaceId, blobEndpoint: read.output.properties.primaryEndpoints.blob };
}
