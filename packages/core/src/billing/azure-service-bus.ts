import * as v from 'valibot';
import { amount, count, fields } from '../input-fields.ts';
import { exactly, product, quantity, ratio } from '../pricing/quantity.ts';
import { meterAll } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

const BasicSchema = fields({ operations: count() });

/** The base charge includes the first 13 million operations. */
const StandardSchema = fields({ operations: v.optional(count(), 0), hours: amount() });

/** Operations cost nothing more. */
const PremiumSchema = fields({ messagingUnits: amount(), hours: amount() });

/** A month as Azure reckons it. */
const hoursOfMonth = quantity(730n);

/** Queues and topics of Service Bus. */
export const azureServiceBus: BilledService = {
  id: 'azure-service-bus',
  plans: {
    basic: planOf(BasicSchema, ({ operations }, prices) =>
      meterAll(prices, 'azure-service-bus', { 'basic-operations': operations }),
    ),
    standard: planOf(StandardSchema, ({ operations, hours }, prices) =>
      meterAll(prices, 'azure-service-bus', {
        'standard-base': ratio(exactly(hours), hoursOfMonth),
        'standard-operations': operations,
      }),
    ),
    premium: planOf(PremiumSchema, ({ messagingUnits, hours }, prices) =>
      meterAll(prices, 'azure-service-bus', {
        'premium-units': product(exactly(messagingUnits), exactly(hours)),
      }),
    ),
  },
};
