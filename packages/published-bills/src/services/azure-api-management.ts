import { amount, count, fields } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

/** Bills of API Management on the Consumption tier. */
export const azureApiManagement = mappingOf(
  fields({
    region: v.optional(v.string('the name of a region'), 'eastus'),
    calls: count(),
    free_calls: v.optional(v.nullable(amount())),
  }),
  ({ region, calls, free_calls }) => ({
    items: [{ service: 'azure-api-management', region, usage: { calls } }],
    free: [{ prices: ['calls'], quantity: free_calls ?? 0 }],
    lines: { calls: ['calls'], requests: ['calls'] },
  }),
);
