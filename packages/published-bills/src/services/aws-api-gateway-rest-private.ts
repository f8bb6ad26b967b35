import { amount, count, fields, whole } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

/** Bills of private REST APIs. */
export const awsApiGatewayRestPrivate = mappingOf(
  fields({
    region: v.optional(v.string('the name of a region'), 'us-east-1'),
    requests: count(),
    request_kb: v.optional(amount(), 0),
    response_kb: v.optional(amount(), 0),
    vpc_endpoint_az: v.optional(whole(0, 10), 1),
    hours: v.optional(amount(), 730),
  }),
  ({ region, requests, request_kb, response_kb, vpc_endpoint_az, hours }) => ({
    items: [
      {
        service: 'aws-api-gateway-rest-private',
        region,
        usage: {
          requests,
          requestKiB: request_kb,
          responseKiB: response_kb,
          endpointZones: vpc_endpoint_az,
          endpointHours: hours,
        },
      },
    ],
    free: [],
    lines: {
      requests: ['requests'],
      endpoint_hours: ['endpoint-hours'],
      endpoint_data: ['endpoint-data'],
    },
    tiersOf: 'requests',
  }),
);
