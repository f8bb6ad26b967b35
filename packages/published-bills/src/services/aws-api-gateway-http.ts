import { amount, count, fields, real } from '@tricloud/core/parts';
import * as v from 'valibot';
import { freeTier } from '../free-tier.ts';
import { mappingOf } from '../restated.ts';

const free = freeTier({ requests: ['requests'] });

/** Bills of HTTP APIs. */
export const awsApiGatewayHttp = mappingOf(
  fields({
    region: v.optional(v.string('the name of a region'), 'us-east-1'),
    requests: count(),
    request_kb: v.optional(amount(), 0),
    response_kb: v.optional(amount(), 0),
    payload_mb: v.optional(amount(), 0),
    increment_kb: v.optional(real(512, 512)),
    free_tier: free.schema,
  }),
  ({ region, requests, request_kb, response_kb, payload_mb, free_tier }) => ({
    items: [
      {
        service: 'aws-api-gateway-http',
        region,
        usage: {
          requests,
          requestKiB: Math.max(request_kb, payload_mb * 1024),
          responseKiB: response_kb,
        },
      },
    ],
    free: free.from(free_tier),
    lines: { requests: ['requests'], calls: ['requests'] },
    tiersOf: 'requests',
  }),
);
