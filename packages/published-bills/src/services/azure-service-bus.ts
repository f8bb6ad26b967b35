import { amount, count, fields, oneOf } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

/** Bills of Service Bus; a premium namespace has one messaging unit, and its operations cost nothing more. */
export const azureServiceBus = mappingOf(
  fields({
    tier: oneOf(['basic', 'standard', 'premium']),
    operations: v.optional(count(), 0),
    hours: v.optional(amount(), 730),
  }),
  ({ tier, operations, hours }) => ({
    items: [
      {
        service: 'azure-service-bus',
        region: 'eastus',
        plan: tier,
        usage: {
          basic: { operations },
          standard: { operations, hours },
          premium: { messagingUnits: 1, hours },
        }[tier],
      },
    ],
    free: [],
    lines: {
      operations: ['basic-operations', 'standard-operations'],
      base: ['standard-base'],
      base_charge: ['standard-base'],
      units: ['premium-units'],
      messaging_units: ['premium-units'],
    },
    tiersOf: 'operations',
  }),
);
