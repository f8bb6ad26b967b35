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

/**
 * The base charge is billed by the hour, and its price is that of a month of 31 days: 730 hours cost 9.81 USD of 10,
 * as infracost's golden (2024-07-01) has it.
 */
const hoursOfMonth = quantity(744n);

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
