import type { InstanceConfig, ProviderId } from './options.ts';

/**
 * What an instance has where nobody says otherwise: AWS as `serverless.yml` of apps/aws-lambda sets it; Google
 * as `gcloud run deploy --function` does, with Cloud Run's five minutes; Azure as Flex Consumption does.
 */
export const defaultInstances: Readonly<Record<ProviderId, InstanceConfig>> = {
  aws: { memoryMiB: 256, timeoutMs: 29_000 },
  google: { memoryMiB: 512, timeoutMs: 300_000 },
  azure: { memoryMiB: 2048, timeoutMs: 1_800_000 },
};
