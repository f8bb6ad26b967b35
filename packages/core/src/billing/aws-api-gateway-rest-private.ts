import * as v from 'valibot';
import { count, fields, real, whole } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, plus, product, quantity, times } from '../pricing/quantity.ts';
import { meterAwsApiGatewayRestRequests } from './aws-api-gateway-rest.ts';
import { meterAll, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of one private REST API and the VPC endpoint through which it is called. */
const AwsApiGatewayRestPrivateUsageSchema = fields({
  requests: count(),
  requestKiB: v.optional(real(0, 10_240), 0),
  responseKiB: v.optional(real(0, 10_240), 0),
  /** The availability zones that the endpoint stands in; each is billed by the hour. */
  endpointZones: v.optional(whole(0, 10), 1),
  endpointHours: v.optional(real(0, 744), 730),
});

/** A month of one private REST API. */
type AwsApiGatewayRestPrivateUsage = v.InferOutput<typeof AwsApiGatewayRestPrivateUsageSchema>;

/** 1 GB = 1,024 x 1,024 KB, as in the example of https://aws.amazon.com/api-gateway/pricing/, 2025-11-02. */
const gibOfKib = quantity(1n, 1_048_576n);

/** Calls as of any REST API, the hours of the endpoint in each zone, and the data that passes it both ways. */
function meterAwsApiGatewayRestPrivate(
  usage: AwsApiGatewayRestPrivateUsage,
  prices: RegionPrices,
): readonly Metered[] {
  const { requests, requestKiB, responseKiB, endpointZones, endpointHours } = usage;
  const kib = times(plus(exactly(requestKiB), exactly(responseKiB)), BigInt(requests));
  return [
    ...meterAwsApiGatewayRestRequests(requests, prices),
    ...meterAll(prices, 'aws-api-gateway-rest-private', {
      'endpoint-hours': times(exactly(endpointHours), BigInt(endpointZones)),
      'endpoint-data': product(kib, gibOfKib),
    }),
  ];
}

/** Private REST APIs of API Gateway. */
export const awsApiGatewayRestPrivate: BilledService = {
  id: 'aws-api-gateway-rest-private',
  plans: {
    'pay-per-request': planOf(AwsApiGatewayRestPrivateUsageSchema, meterAwsApiGatewayRestPrivate),
  },
};
