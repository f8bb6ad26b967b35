import * as v from 'valibot';
import type { AzureSession } from '../credentials/session.ts';
import { apiVersions } from '../template/arm-template.ts';
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

/** What is deployed: a resource group, and the app in it. */
export interface Deployed {
  readonly group: Group;
  /** Null where there is none yet. */
  readonly site: Site | null;
  /** True where this run has deployed the template: its roles may not have taken effect yet. */
  readonly isNew: boolean;
}

/** The function app. */
export interface Site {
  readonly id: string;
  readonly name: string;
  /** `Running` or `Stopped`. */
  readonly state: string;
  readonly host: string;
  /** Host of the deployment site. */
  readonly scmHost: string;
  /** Such as `https://….blob.core.windows.net`. */
  readonly blobEndpoint: string;
  /** The app's identity; null where it has none. */
  readonly principalId: string | null;
  readonly runtime: string;
  readonly memoryMiB: number | null;
  readonly maxInstances: number | null;
  readonly concurrency: number | null;
  /** Null where they may not be read. Compared, never shown. */
  readonly variables: Readonly<Record<string, string>> | null;
}

/** Finds the function app in the group; null where there is none. */
export async function findSite(session: AzureSession): Promise<Site | null> {
  const resources = await listResources(session);
  const listed = resources.find(({ isOurs, type }) => isOurs && /\.web\/sites$/i.test(type));
  const found = listed && (await session.arm.read(listed.id, apiVersions.web));
  return found ? toSite(found, listed.id, await readVariables(session, listed.id)) : null;
}

function toSite(found: unknown, id: string, variables: Site['variables']): Site {
  const { name, identity, properties } = v.parse(SiteSchema, found);
  const { deployment, runtime, scaleAndConcurrency: scale } = properties.functionAppConfig;
  const { hostNameSslStates: hosts, defaultHostName: host } = properties;
  return {
    id,
    name,
    state: properties.state,
    host,
    scmHost:
      hosts.find(({ hostType }) => hostType === 'Repository')?.name ?? host.replace('.', '.scm.'),
    blobEndpoint: deployment.storage.value.replace(/\/[^/]*$/, ''),
    principalId: identity?.principalId ?? null,
    runtime: `${runtime.name} ${runtime.version}`,
    memoryMiB: scale.instanceMemoryMB,
    maxInstances: scale.maximumInstanceCount,
    concurrency: scale.triggers?.http?.perInstanceConcurrency ?? null,
    variables,
  };
}

/** Reads the app's variables; null where they may not be read. */
export async function readVariables(
  { arm }: AzureSession,
  siteId: string,
): Promise<Site['variables']> {
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
  properties: Readonly<Record<string, string>>,
): Promise<void> {
  const path = `${siteId}/config/appsettings`;
  await arm.send({ method: 'PUT', path, version: apiVersions.web, json: { properties } });
}
