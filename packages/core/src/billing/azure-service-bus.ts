import * as v from 'valibot';
import { amount, count, fields } from '../input-fields.ts';
import { exactly, product, quantity, ratio } from '../pricing/quantity.ts';
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
    basic: planOf(BasicSchema, ({ operations }, prices) => [
      {
        quantity: exactly(operations),
        price: prices.price('azure-service-bus', 'basic-operations'),
      },
    ]),
    standard: planOf(StandardSchema, ({ operations, hours }, prices) => [
      {
        quantity: ratio(exactly(hours), hoursOfMonth),
        price: prices.price('azure-service-bus', 'standard-base'),
      },
      {
        quantity: exactly(operations),
        price: prices.price('azure-service-bus', 'standard-operations'),
      },
    ]),
    premium: planOf(PremiumSchema, ({ messagingUnits, hours }, prices) => [
      {
        quantity: product(exactly(messagingUnits), exactly(hours)),
        price: prices.price('azure-service-bus', 'premium-units'),
      },
    ]),
  },
};
