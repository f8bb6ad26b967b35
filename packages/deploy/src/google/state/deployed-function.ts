import * as v from 'valibot';
import type { GoogleSession } from '../credentials/session.ts';
import { nullIfMissing } from '../errors/api-error.ts';

const text = v.optional(v.string(), '');
const count = v.nullish(v.number(), null);
const texts = v.optional(v.record(v.string(), v.string()), {});
const Source = v.optional(
  v.object({ bucket: v.string(), object: v.string(), generation: v.optional(v.string(), '0') }),
);

/**
 * A function as the API describes it, as far as it is read here
 * (https://cloud.google.com/functions/docs/reference/rest/v2/projects.locations.functions, 2026-12-01).
 */
export const DeployedFunctionSchema = v.object({
  state: v.optional(v.string(), 'STATE_UNSPECIFIED'),
  labels: texts,
  updateTime: v.optional(v.string()),
  stateMessages: v.optional(v.array(v.object({ severity: text, message: text })), []),
  buildConfig: v.optional(
    v.object({
      runtime: text,
      entryPoint: text,
      serviceAccount: text,
      source: v.optional(v.object({ storageSource: Source }), {}),
      sourceProvenance: v.optional(v.object({ resolvedStorageSource: Source }), {}),
    }),
    {},
  ),
  serviceConfig: v.optional(
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
        v.array(v.object({ key: text, projectId: text, secret: text, version: text })),
        [],
      ),
      ingressSettings: text,
      serviceAccountEmail: text,
    }),
    {},
  ),
});

/** A function that exists. */
export type DeployedFunction = v.InferOutput<typeof DeployedFunctionSchema>;

/** The function of a session; null where there is none. */
export function getFunction({ api, names }: GoogleSession): Promise<DeployedFunction | null> {
  const method = 'cloudfunctions GetFunction';
  return nullIfMissing(api.call(method, DeployedFunctionSchema, `v2/${names.function}`));
}

/** True while a deployment or a removal of it runs. */
export function isBusy({ state }: Pick<DeployedFunction, 'state'>): boolean {
  return state === 'DEPLOYING' || state === 'DELETING';
}

/** The object that a function was built from; null where nobody knows. */
export function sourceOf({ buildConfig: { source, sourceProvenance } }: DeployedFunction) {
  return sourceProvenance.resolvedStorageSource ?? source.storageSource ?? null;
}
