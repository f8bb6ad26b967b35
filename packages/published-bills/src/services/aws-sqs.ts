import { amount, count, fields, oneOf, real } from '@tricloud/core/parts';
import * as v from 'valibot';
import { freeTier } from '../free-tier.ts';
import { mappingOf } from '../restated.ts';

const kinds = ['standard', 'fifo'];
const free = freeTier({ requests: kinds });

/** Bills of SQS. */
export const awsSqs = mappingOf(
  fields({
    region: v.optional(v.string('the name of a region'), 'us-east-1'),
    type: v.optional(oneOf(['standard', 'fifo', 'fair']), 'standard'),
    requests: count(),
    payload_kb: v.optional(amount(), 1),
    chunk_kb: v.optional(real(64, 64)),
    free_tier: free.schema,
  }),
  ({ region, type, requests, payload_kb, free_tier }) => ({
    items: [
      {
        service: 'aws-sqs',
        region,
        usage: {
          type: type === 'fair' ? 'standard' : type,
          requests,
          payloadKiB: payload_kb,
          fairQueue: type === 'fair',
        },
      },
    ],
    free: free.from(free_tier),
    lines: { requests: [...kinds, 'fair'], fair_queue: ['fair'] },
    tiersOf: 'requests',
  }),
);
