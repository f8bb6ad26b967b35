import * as v from 'valibot';
import type { StorageSource } from './labels.ts';

const text = v.optional(v.nullable(v.string()), null);
const count = v.optional(v.nullable(v.number()), null);
const texts = v.optional(v.record(v.string(), v.string()), {});

const Source = v.nullish(
  v.object({
    bucket: v.optional(v.string(), ''),
    object: v.optional(v.string(), ''),
    generation: v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String)), '0'),
  }),
);

const Config = {
  build: v.nullish(
    v.object({
      runtime: text,
      entryPoint: text,
      source: v.nullish(v.object({ storageSource: Source })),
      sourceProvenance: v.nullish(v.object({ resolvedStorageSource: Source })),
    }),
  ),
  service: v.nullish(
    v.object({
      service: text,
      uri: text,
      revision: text,
      availableMemory: text,
      availableCpu: text,
      timeoutSeconds: count,
      maxInstanceRequestConcurrency: count,
      maxInstanceCount: count,
      environmentVariables: texts,
      secretEnvironmentVariables: v.optional(
        v.array(
          v.object({
            key: v.optional(v.string(), ''),
            projectId: v.optional(v.string(), ''),
            secret: v.optional(v.string(), ''),
            version: v.optional(v.string(), ''),
          }),
        ),
        [],
      ),
      ingressSettings: text,
      serviceAccountEmail: text,
    }),
  ),
};

/** A function as the API tells it: enums by name, 64-bit numbers as text. */
export const DeployedFunctionSchema = v.pipe(
  v.object({
    name: v.optional(v.string(), ''),
    state: v.optional(v.string(), 'STATE_UNSPECIFIED'),
    environment: text,
    labels: texts,
    updateTime: v.optional(v.nullable(v.unknown()), null),
    stateMessages: v.optional(v.array(v.object({ severity: text, type: text, message: text })), []),
    buildConfig: Config.build,
    serviceConfig: Config.service,
  }),
  v.transform(({ buildConfig: build, serviceConfig: service, updateTime, ...rest }) => ({
    ...rest,
    changedAt: isoOf(updateTime),
    runtime: build?.runtime ?? null,
    entryPoint: build?.entryPoint ?? null,
    source: resolved(
      build?.sourceProvenance?.resolvedStorageSource ?? build?.source?.storageSource,
    ),
    service: {
      name: service?.service ?? null,
      uri: service?.uri || null,
      revision: service?.revision ?? null,
      memory: service?.availableMemory ?? null,
      cpu: service?.availableCpu || null,
      timeoutSeconds: service?.timeoutSeconds ?? null,
      concurrency: service?.maxInstanceRequestConcurrency ?? null,
      maxInstances: service?.maxInstanceCount ?? null,
      environment: service?.environmentVariables ?? {},
      secrets: service?.secretEnvironmentVariables ?? [],
      ingress: service?.ingressSettings ?? null,
      serviceAccount: service?.serviceAccountEmail ?? null,
    },
  })),
);

/** A function that is there. */
export type DeployedFunction = v.InferOutput<typeof DeployedFunctionSchema>;

/** Whether somebody's deployment or removal of it is under way. */
export function isBusy({ state }: Pick<DeployedFunction, 'state'>): boolean {
  return state === 'DEPLOYING' || state === 'DELETING';
}

function resolved(source: v.InferOutput<typeof Source>): StorageSource | null {
  return source === null || source === undefined || source.bucket === '' ? null : source;
}

const Timestamp = v.object({
  seconds: v.pipe(v.union([v.string(), v.number()]), v.transform(Number)),
  nanos: v.optional(v.number(), 0),
});

function isoOf(timestamp: unknown): string | null {
  const parsed = v.safeParse(Timestamp, timestamp);
  if (!parsed.success) return null;
  return new Date(parsed.output.seconds * 1000 + parsed.output.nanos / 1e6).toISOString();
}
