import { priceLists } from '../../price-lists.ts';
import { meterGoogleCloudFunctions1stGen } from '../../billing/google-cloud-functions-1st-gen.ts';
import { minimumNotes, notSharedNotes, oneProcessorNotes, sizeNotes } from './limits.ts';
import type { Plan } from './plan.ts';

// https://docs.cloud.google.com/functions/1stgendocs/configuring/memory, read 2026-11-22.
const sizes = [128, 256, 512, 1024, 2048, 4096, 8192] as const;
const largest = 8192;

/** Cloud Functions of the first generation; limits: https://docs.cloud.google.com/functions/quotas, read 2026-11-22. */
export const googleCloudFunctions1stGen: Plan = {
  id: 'google-cloud-functions-1st-gen',
  provider: 'google',
  list: priceLists.list('google-cloud-functions-1st-gen'),
  maxMemoryMiB: largest,
  maxDurationMs: 540_000,
  maxResponseBytes: 10 * 1024 * 1024,
  egressPrice: (region) =>
    priceLists.list('google-cloud-functions-1st-gen').price(region, 'egress'),
  use(workload) {
    const { durationMs, region } = workload;
    const memoryMiB = sizes.find((size) => size >= workload.memoryMiB) ?? largest;
    const usage = { invocations: 1, durationMs, memoryMiB, responseKiB: 0, egressGb: 0 };
    const metered = meterGoogleCloudFunctions1stGen(usage, priceLists.in(region.google));
    return {
      metered: metered.filter(({ quantity }) => quantity.numerator > 0n),
      notes: [
        ...sizeNotes(workload, memoryMiB, 'the next size'),
        ...minimumNotes(workload, 100),
        ...notSharedNotes(workload, 'an instance serves one request at a time'),
        ...oneProcessorNotes(workload),
      ],
    };
  },
};
