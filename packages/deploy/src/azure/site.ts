import * as v from 'valibot';
import { orNull } from './group.ts';
import type { Session } from './session.ts';

const SiteSchema = v.object({
  name: v.string(),
  identity: v.nullish(v.object({ principalId: v.optional(v.string()) })),
  properties: v.object({
    state: v.optional(v.string(), 'Unknown'),
    defaultHostName: v.string(),
    hostNameSslStates: v.optional(
      v.array(v.object({ name: v.string(), hostType: v.optional(v.string()) })),
      [],
    ),
    functionAppConfig: v.optional(
      v.object({
        runtime: v.optional(v.object({ name: v.string(), version: v.string() })),
        scaleAndConcurrency: v.optional(
          v.object({
            instanceMemoryMB: v.optional(v.number()),
            maximumInstanceCount: v.optional(v.number()),
            triggers: v.nullish(
              v.object({
                http: v.nullish(v.object({ perInstanceConcurrency: v.optional(v.number()) })),
              }),
            ),
          }),
        ),
      }),
    ),
  }),
});

/** The function app as it is. */
export interface Site {
  readonly id: string;
  readonly name: string;
  /** `Running` or `Stopped`. */
  readonly state: string;
  readonly host: string;
  /** The host that takes archives. */
  readonly scmHost: string;
  /** Its own identity; null where it has none. */
  readonly principalId: string | null;
  readonly runtime: string | null;
  readonly memoryMiB: number | null;
  readonly maxInstances: number | null;
  readonly concurrency: number | null;
}

const siteVersion = '2024-11-01';

/** The function app; null where it is gone. */
export async function findSite(id: string, { arm, signal }: Session): Promise<Site | null> {
  const found = await orNull(() =>
    arm.resources.getById(id.replace(/^\//, ''), siteVersion, { abortSignal: signal }),
  );
  if (found === null) return null;
  const { name, identity, properties } = v.parse(SiteSchema, found);
  const { functionAppConfig: config } = properties;
  const scale = config?.scaleAndConcurrency;
  return {
    id,
    name,
    state: properties.state,
    host: properties.defaultHostName,
    scmHost:
      properties.hostNameSslStates.find(({ hostType }) => hostType === 'Repository')?.name ??
      properties.defaultHostName.replace('.', '.scm.'),
    principalId: identity?.principalId ?? null,
    runtime:
      config?.runtime === undefined ? null : `${config.runtime.name} ${config.runtime.version}`,
    memoryMiB: scale?.instanceMemoryMB ?? null,
    maxInstances: scale?.maximumInstanceCount ?? null,
    concurrency: scale?.triggers?.http?.perInstanceConcurrency ?? null,
  };
}

const SettingsSchema = v.object({ properties: v.record(v.string(), v.string()) });

/** The app's variables. They are compared with the planned ones and shown to nobody. */
export async function readSettings(
  siteId: string,
  { send, endpoints }: Session,
): Promise<Readonly<Record<string, string>> | null> {
  const answer = await send({
    method: 'POST',
    url: `${endpoints.resourceManager}${siteId}/config/appsettings/list?api-version=${siteVersion}`,
  });
  if (answer.status !== 200) return null;
  const read = v.safeParse(SettingsSchema, JSON.parse(answer.text));
  return read.success ? read.output.properties : null;
}
