import { amount, count, fields } from '@tricloud/core/parts';
import * as v from 'valibot';
import { freeTier } from '../free-tier.ts';
import { mappingOf } from '../restated.ts';

const cache = [0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237].map((gb) => `cache-${gb}`);
const free = freeTier({ requests: ['requests'] });

/**
 * Bills of REST APIs. What they answer leaves over the internet: at the one price that the example states, or else at
 * those of data transfer.
 */
export const awsApiGatewayRest = mappingOf(
  v.pipe(
    fields({
      region: v.optional(v.string('the name of a region'), 'us-east-1'),
      requests: v.optional(count(), 0),
      response_kb: v.optional(amount(), 0),
      cache_gb: v.optional(amount()),
      hours: v.optional(amount()),
      egress_free_gb: v.optional(v.nullable(amount())),
      egress_flat_usd_per_gb: v.optional(v.nullable(amount())),
      free_tier: free.schema,
    }),
    v.forward(
      v.check(
        ({ cache_gb, hours }) => hours === undefined || cache_gb !== undefined,
        'left out where there is no cache_gb',
      ),
      ['hours'],
    ),
  ),
  ({ region, requests, response_kb, cache_gb, hours = 730, ...given }) => {
    const gb = (requests * response_kb) / 1_048_576;
    const freeGb = given.egress_free_gb ?? 0;
    const flat = given.egress_flat_usd_per_gb ?? undefined;
    const isStated = flat !== undefined;
    return {
      items: [
        {
          service: 'aws-api-gateway-rest',
          region,
          usage: {
            requests,
            ...(cache_gb === undefined ? {} : { cacheGiB: cache_gb, cacheHours: hours }),
          },
        },
        ...(gb === 0 || isStated
          ? []
          : [{ service: 'aws-data-transfer', region, usage: { internetGb: gb } }]),
      ],
      free: [...free.from(given.free_tier), { prices: ['internet'], quantity: freeGb }],
      stated: isStated ? [{ line: 'egress', quantity: Math.max(0, gb - freeGb), usd: flat }] : [],
      lines: {
        requests: ['requests'],
        calls: ['requests'],
        cache,
        ...(isStated ? {} : { egress: ['internet'], data_transfer: ['internet'] }),
      },
      tiersOf: 'requests',
    };
  },
);
