import { amount, fields } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

const throughput = ['throughput'];

/** Bills of Pub/Sub; what is published and what is delivered costs the same. */
export const googlePubsub = mappingOf(
  fields({ tib: amount(), free_gib: v.optional(v.nullable(amount())) }),
  ({ tib, free_gib }) => ({
    items: [{ service: 'google-pubsub', usage: { throughputGib: tib * 1024 } }],
    free: [{ prices: throughput, quantity: free_gib ?? 0 }],
    lines: {
      ingest: throughput,
      ingestion: throughput,
      delivery: throughput,
      throughput,
    },
  }),
);
