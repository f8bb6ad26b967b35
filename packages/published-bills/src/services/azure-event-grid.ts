import { amount, count, fields } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

/** Bills of Event Grid. */
export const azureEventGrid = mappingOf(
  fields({ operations: count(), free_operations: v.optional(v.nullable(amount())) }),
  ({ operations, free_operations }) => ({
    items: [{ service: 'azure-event-grid', region: 'eastus', usage: { operations } }],
    free: [{ prices: ['operations'], quantity: free_operations ?? 0 }],
    lines: { operations: ['operations'] },
  }),
);
