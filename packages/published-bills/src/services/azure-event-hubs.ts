import { amount, count, fields, oneOf } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

const units = ['basic-units', 'standard-units', 'premium-units'];

/** Bills of Event Hubs; `tu` are processing units on the premium tier, where events cost nothing more. */
export const azureEventHubs = mappingOf(
  fields({
    tier: oneOf(['basic', 'standard', 'premium']),
    events: v.optional(count(), 0),
    tu: v.optional(amount(), 0),
    hours: v.optional(amount(), 730),
  }),
  ({ tier, events, tu, hours }) => ({
    items: [
      {
        service: 'azure-event-hubs',
        region: 'eastus',
        plan: tier,
        usage:
          tier === 'premium'
            ? { processingUnits: tu, hours }
            : { events, throughputUnits: tu, hours },
      },
    ],
    free: [],
    lines: {
      events: ['basic-events', 'standard-events'],
      tu: units,
      throughput: units,
      capacity: units,
    },
  }),
);
