import * as v from 'valibot';
import { count, fields, oneOf, real } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { meterAll, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of one REST API; the size of a payload changes nothing, data transfer is billed by itself. */
const AwsApiGatewayRestUsageSchema = v.pipe(
  fields({
    requests: v.optional(count(), 0),
    /** The sizes that a cache may have. */
    cacheGiB: v.optional(oneOf([0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237])),
    /** How long each cache is there, whether or not it is used; 744 hours are the longest month. */
    cacheHours: v.optional(real(0, 744), 0),
  }),
  v.forward(
    v.partialCheck(
      [['cacheGiB'], ['cacheHours']],
      ({ cacheGiB, cacheHours }) => cacheGiB !== undefined || cacheHours === 0,
      '0 where no cacheGiB is given',
    ),
    ['cacheHours'],
  ),
);

/** A month of one REST API. */
type AwsApiGatewayRestUsage = v.InferOutput<typeof AwsApiGatewayRestUsageSchema>;

/** Calls of REST APIs; private ones count towards the same tiers. */
export function meterAwsApiGatewayRestRequests(
  requests: number,
  prices: RegionPrices,
): readonly Metered[] {
  return meterAll(prices, 'aws-api-gateway-rest', { requests });
}

function meterAwsApiGatewayRest(
  { requests, cacheGiB, cacheHours }: AwsApiGatewayRestUsage,
  prices: RegionPrices,
): readonly Metered[] {
  if (cacheGiB === undefined) return meterAwsApiGatewayRestRequests(requests, prices);
  return [
    ...(requests === 0 ? [] : meterAwsApiGatewayRestRequests(requests, prices)),
    ...meterAll(prices, 'aws-api-gateway-rest', { [`cache-${cacheGiB}`]: cacheHours }),
  ];
}

/** REST APIs of API Gateway. */
export const awsApiGatewayRest: BilledService = {
  id: 'aws-api-gateway-rest',
  plans: { 'pay-per-request': planOf(AwsApiGatewayRestUsageSchema, meterAwsApiGatewayRest) },
};
