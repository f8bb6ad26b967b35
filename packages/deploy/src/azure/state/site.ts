import * as v from 'valibot';
import type { AzureSession } from '../credentials/session.ts';
import { apiVersions } from '../template/versions.ts';
import type { Group } from './group.ts';
import { listResources } from './resources.ts';

const ScaleSchema = v.object({
  instanceMemoryMB: v.nullish(v.number(), null),
  maximumInstanceCount: v.nullish(v.number(), null),
  triggers: v.nullish(
    v.object({ http: v.nullish(v.object({ perInstanceConcurrency: v.optional(v.number()) })) }),
  ),
});
const ConfigSchema = v.object({
  deployment: v.object({ storage: v.object({ value: v.string() }) }),
  runtime: v.object({ name: v.string(), version: v.string() }),
  scaleAndConcurrency: ScaleSchema,
});
const SiteSchema = v.object({
  name: v.string(),
  identity: v.nullish(v.object({ principalId: v.nullish(v.string(), null) })),
  properties: v.object({
    state: v.optional(v.string(), 'Unknown'),
    defaultHostName: v.string(),
    hostNameSslStates: v.optional(
      v.array(v.object({ name: v.string(), hostType: v.optional(v.string()) })),
      [],
    ),
    functionAppConfig: ConfigSchema,
  }),
});
const VariablesSchema = v.object({ properties: v.record(v.string(), v.string()) });

type Variables = Readonly<Record<string, string>>;

/** What is deployed: a resource group, and the app in it. */
export interface Deployed {
  readonly group: Group;
  /** Null where there is none yet. */
  readonly site: Site | null;
  /** True where this run has deployed the template: its roles may not have taken effect yet. */
  readonly isNew: boolean;
}

/** The function app. */
export type Site = ReturnType<typeof toSite>;

/** Finds the function app in the group; null where there is none. */
export async function findSite(session: AzureSession): Promise<Site | null> {
  const resources = await listResources(session);
  const listed = resources.find(({ isOurs, type }) => isOurs && /\.web\/sites$/i.test(type));
  const found = listed && (await session.arm.read(listed.id, apiVersions.web));
  return found ? toSite(found, listed.id, await readVariables(session, listed.id)) : null;
}

function toSite(found: unknown, id: string, variables: Variables | null) {
  const { name, identity, properties } = v.parse(SiteSchema, found);
  const { deployment, runtime, scaleAndConcurrency: scale } = properties.functionAppConfig;
  const { hostNameSslStates: hosts, defaultHostName: host } = properties;
  return {
    id,
    name,
    state: properties.state,
    host,
    /** Host of the deployment site. */
    scmHost:
      hosts.find(({ hostType }) => hostType === 'Repository')?.name ?? host.replace('.', '.scm.'),
    /** Such as `https://….blob.core.windows.net`. */
    blobEndpoint: deployment.storage.value.replace(/\/[^/]*$/, ''),
    principalId: identity?.principalId ?? null,
    runtime: `${runtime.name} ${runtime.version}`,
    memoryMiB: scale.instanceMemoryMB,
    maxInstances: scale.maximumInstanceCount,
    concurrency: scale.triggers?.http?.perInstanceConcurrency ?? null,
    /** Null where they may not be read. Compared, never shown. */
    variables,
  };
}

/** Reads the app's variables; null where they may not be read. */
export async function readVariables(
  { arm }: AzureSession,
  siteId: string,
): Promise<Variables | null> {
  const { json } = await arm.send({
    method: 'POST',
    path: `${siteId}/config/appsettings/list`,
    version: apiVersions.web,
    accept: [403],
  });
  const read = v.safeParse(VariablesSchema, json);
  return read.success ? read.output.properties : null;
}

/** Replaces the app's variables, which restarts the app. */
export async function writeVariables(
  { arm }: AzureSession,
  siteId: string,
  properties: Variables,
): Promise<void> {
  const path = `${siteId}/config/appsettings`;
  await arm.send({ method: 'PUT', path, version: apiVersions.web, json: { properties } });
}
